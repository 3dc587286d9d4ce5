namespace SuperRes.Imaging.Tests.Data.Download;

/// <summary>A clock whose short waits are over at once, and which remembers them. Waits of an hour or more never end.</summary>
internal sealed class QuickTime : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isWait = dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromHours(1);
        if (isWait)
        {
            _waits.Add(dueTime);
        }

        return base.CreateTimer(callback, state, isWait ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
