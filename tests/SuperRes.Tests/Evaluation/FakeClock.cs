namespace SuperRes.Tests.Evaluation;

/// <summary>Time that passes only when told to.</summary>
internal sealed class FakeClock : TimeProvider
{
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero);

    public void Advance(double milliseconds) => _elapsed += TimeSpan.FromMilliseconds(milliseconds);
}
