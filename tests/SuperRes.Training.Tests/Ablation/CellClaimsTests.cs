using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Tests.Ablation;

public sealed class CellClaimsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-claims-").FullName;
    private readonly ManualClock _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryTake_ByTwo_IsTheFirstOnes()
    {
        using var claim = Claims().TryTake("a");

        Assert.NotNull(claim);
        Assert.Null(Claims().TryTake("a"));
        Assert.NotNull(Claims().TryTake("b"));
    }

    [Fact]
    public void TryTake_ByManyAtOnce_IsOnesAlone()
    {
        var taken = 0;
        Parallel.For(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            if (Claims().TryTake("a") is not null)
            {
                Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal(1, taken);
    }

    [Fact]
    public void TryTake_AfterRelease_IsFree()
    {
        Claims().TryTake("a")!.Dispose();

        Assert.NotNull(Claims().TryTake("a"));
    }

    [Fact]
    public void TryTake_OwnerOfThisMachineIsGone_IsFreeAtOnce()
    {
        // A process number that no system gives out.
        Write(new ClaimRecord("x", MachineIdentity.Here, int.MaxValue, 1, 5));

        Assert.NotNull(Claims().TryTake("a"));
    }

    [Fact]
    public void TryTake_OwnerOfThisMachineLives_IsNot()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Write(new ClaimRecord("x", MachineIdentity.Here, process.Id, ProcessStart.Of(process), 5));

        Assert.Null(Claims().TryTake("a"));
    }

    [Fact]
    public void TryTake_OwnerOfThisMachineHadAnEarlierNumber_IsFreeAtOnce()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Write(new ClaimRecord("x", MachineIdentity.Here, process.Id, ProcessStart.Of(process) - 1, 5));

        Assert.NotNull(Claims().TryTake("a"));
    }

    [Fact]
    public void TryTake_OwnerOfAnotherMachine_IsFreeOnceItsHeartStands()
    {
        Write(new ClaimRecord("x", "another machine", 1, 1, 5));
        var claims = Claims();
        Assert.Null(claims.TryTake("a"));
        _time.Pass(TimeSpan.FromSeconds(60));
        Assert.Null(claims.TryTake("a"));

        // A heartbeat starts the wait anew.
        Write(new ClaimRecord("x", "another machine", 1, 1, 6));
        Assert.Null(claims.TryTake("a"));
        _time.Pass(TimeSpan.FromSeconds(60));
        Assert.Null(claims.TryTake("a"));
        _time.Pass(TimeSpan.FromSeconds(31));
        Assert.NotNull(claims.TryTake("a"));
    }

    [Fact]
    public void TryTake_AnEmptyClaim_IsWaitedFor()
    {
        // Its owner was killed between making the file and writing it, or is about to write it.
        File.WriteAllText(Path.Combine(_folder, "a.1.claim"), "");
        var claims = Claims();
        Assert.Null(claims.TryTake("a"));
        _time.Pass(TimeSpan.FromSeconds(91));
        Assert.NotNull(claims.TryTake("a"));
    }

    [Fact]
    public void Lost_WhenTakenOver_IsCancelledAtTheNextHeartbeat()
    {
        using var claim = Claims().TryTake("a")!;
        Assert.True(claim.IsHeld);

        File.WriteAllText(Path.Combine(_folder, "a.2.claim"), "");
        _time.Beat();

        Assert.False(claim.IsHeld);
        Assert.True(claim.Lost.IsCancellationRequested);
    }

    [Fact]
    public void Heartbeat_OfAHeldClaim_CountsUp()
    {
        using var claim = Claims().TryTake("a")!;
        var before = File.ReadAllText(Path.Combine(_folder, "a.1.claim"));
        _time.Beat();

        Assert.NotEqual(before, File.ReadAllText(Path.Combine(_folder, "a.1.claim")));
    }

    [Fact]
    public void Heartbeat_WhileTheShareIsAway_KeepsTheClaim()
    {
        using var claim = Claims().TryTake("a")!;
        Directory.Move(_folder, _folder + "-away");
        _time.Beat();
        Assert.False(claim.Lost.IsCancellationRequested);

        Directory.Move(_folder + "-away", _folder);
        _time.Beat();
        Assert.True(claim.IsHeld);
    }

    private CellClaims Claims() => new(_folder, new ClaimOptions(), _time);

    private void Write(ClaimRecord record) => File.WriteAllText(Path.Combine(_folder, "a.1.claim"), System.Text.Json.JsonSerializer.Serialize(record));

    /// <summary>A clock that stands until it is told, with timers that fire when they are told.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private readonly List<(TimerCallback Call, object? State)> _timers = [];
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;

        public void Beat() => _timers.ForEach(timer => timer.Call(timer.State));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_timers)
            {
                _timers.Add((callback, state));
            }

            return new Nothing();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
