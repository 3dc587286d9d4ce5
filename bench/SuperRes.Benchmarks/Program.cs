using BenchmarkDotNet.Running;
using SuperRes.Benchmarks.Training;

// Comparisons that need processes of their own are commands; the rest is BenchmarkDotNet's.
return args switch
{
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
