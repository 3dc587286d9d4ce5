using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SuperRes.Benchmarks.Pixels;

/// <summary>
/// For operations of tens of milliseconds: a fixed number of short iterations in this process, so that peers are
/// measured within seconds of each other and a busy machine spoils few of them. Compare the minima and medians.
/// </summary>
internal sealed class InProcessConfig : ManualConfig
{
    public InProcessConfig() =>
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(40)
            .WithInvocationCount(4)
            .WithUnrollFactor(1));
}
