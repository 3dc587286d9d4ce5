namespace SuperRes.Benchmarks.Engine;

/// <summary>
/// <c>-- engine [NAME…]</c>: the engine's targets, each measured in one run with its peers taking turns. Prints the tables
/// of bench/results/engine.md. Without names, all of them.
/// <c>-- engine --profile MODEL WIDTH HEIGHT THREADS RUNS</c> does nothing but run, for a profiler.
/// </summary>
internal static class EngineBenchmarks
{
    public const string Command = "engine";

    private static readonly (string Name, Action Run)[] All =
    [
        ("edsr", () => OnnxRuntimeComparison.Print("edsr-x4", 320, 180, threads: 2, rounds: 9, target: 0.30)),
        ("edsr-1", () => OnnxRuntimeComparison.Print("edsr-x4", 320, 180, threads: 1, rounds: 3, target: 0.30)),
        ("srresnet", () => OnnxRuntimeComparison.Print("srresnet-x4", 320, 180, threads: 2, rounds: 5, target: 0.35)),
        ("lapsrn", () => OnnxRuntimeComparison.Print("lapsrn-x4", 320, 180, threads: 2, rounds: 3, target: 0.35)),
        ("espcn", () => OnnxRuntimeComparison.Print("espcn-x4", 960, 540, threads: 2, rounds: 25, target: 0.55)),
        ("cbam", AttentionCost.Print),
        ("pixel", () => TimePerPixel.Print(memoryBudget: null, target: 1.10)),
        ("pixel-budget", () => TimePerPixel.Print(memoryBudget: TimePerPixel.EngineShare, target: 1.15)),
        ("floor", DistanceToFloor.Print),
        ("memory", ProcessMemory.Print),
    ];

    public static int Run(string[] arguments)
    {
        if (arguments is [ProcessMemory.ChildArgument, var model, var width, var height])
        {
            ProcessMemory.RunAlone(model, int.Parse(width, null), int.Parse(height, null));
            return 0;
        }

        if (arguments is [ProfileLoop.Argument, .. var profiled])
        {
            ProfileLoop.Run(profiled[0], [.. profiled.Skip(1).Select(number => int.Parse(number, null))]);
            return 0;
        }

        if (arguments.FirstOrDefault(name => All.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"No benchmark is called '{unknown}'. Known: {string.Join(", ", All.Select(benchmark => benchmark.Name))}.");
            return 2;
        }

        foreach (var (_, run) in All.Where(benchmark => arguments.Length == 0 || arguments.Contains(benchmark.Name)))
        {
            run();
            Console.WriteLine();
        }

        return 0;
    }
}
