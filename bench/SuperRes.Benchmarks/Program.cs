using BenchmarkDotNet.Running;
using SuperRes.Benchmarks.Engine;
using SuperRes.Benchmarks.Starting;
using SuperRes.Benchmarks.Training;

// Comparisons that need processes of their own, or contestants in turns, are commands; the rest is BenchmarkDotNet's.
return args switch
{
    [EngineBenchmarks.Command, .. var rest] => EngineBenchmarks.Run(rest),
    [ColdStart.Command, .. var rest] => ColdStart.Run(rest),
    [StepComparison.Command, .. var rest] => StepComparison.Run(rest),
    [StepComparison.FlatCommand, .. var rest] => StepComparison.RunFlat(rest),
    [StepWorker.Command, .. var rest] => StepWorker.Run(rest),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
