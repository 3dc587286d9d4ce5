namespace SuperRes.Studio.Tests;

/// <summary>A clock that stands until it is moved; timers are not its business.</summary>
internal sealed class TestTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
