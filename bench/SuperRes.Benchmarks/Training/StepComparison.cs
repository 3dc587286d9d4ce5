using System.Diagnostics;
using SuperRes.Benchmarks.Engine;

namespace SuperRes.Benchmarks.Training;

/// <summary>
/// Whole training steps on SuperRes's engine and on TorchSharp, each in a process of its own, taking turns: what disturbs
/// the machine disturbs both. Medians over the turns.
/// </summary>
internal static class StepComparison
{
    public const string Command = "training";
    public const string FlatCommand = "training-memory";

    private const int Threads = 2;
    private const double WarmUpSeconds = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(0.5);

    /// <summary>Arguments: parts of the cases' names, all without any; <c>rounds=N</c>.</summary>
    public static int Run(string[] arguments)
    {
        var rounds = TurnArguments.Rounds(arguments, 7);
        var peak = StepArithmetic.MeasurePeak(Threads);
        Write($"{Threads} threads, batch {StepCase.Batch}, {rounds} turns; {peak / 1e9:F0} G multiply-adds per second at most");
        Write($"| step | SuperRes ms | TorchSharp ms | ratio | target | floor ms | peak MB | TorchSharp peak MB |");
        Write($"|---|---|---|---|---|---|---|---|");
        foreach (var step in Select(arguments))
        {
            var (engine, torch) = Compare(step, rounds);
            Write($"| {step} | {engine.Milliseconds:F1} | {torch.Milliseconds:F1} | {torch.Milliseconds / engine.Milliseconds:F2} | {step.Target:F1} | {StepArithmetic.Products(step) / peak * 1e3:F1} | {engine.Peak:F0} | {torch.Peak:F0} |");
        }

        return 0;
    }

    /// <summary>Resident memory of SuperRes's side after 500 and after 3000 steps.</summary>
    public static int RunFlat(string[] arguments)
    {
        foreach (var step in Select(arguments))
        {
            using var process = new StepProcess(StepWorker.Engine, step, Threads);
            var early = process.Run(500).Resident;
            var late = process.Run(2500).Resident;
            Write($"{step}: {early:F1} MB after 500 steps, {late:F1} MB after 3000 ({(late / early - 1) * 100:+0.00;-0.00} %)");
        }

        return 0;
    }

    private static IEnumerable<StepCase> Select(string[] arguments)
    {
        var parts = TurnArguments.Names(arguments);
        return StepCase.All.Where(step => parts.Length == 0 || parts.Any(part => step.ToString().Contains(part, StringComparison.Ordinal)));
    }

    private static ((double Milliseconds, double Peak) Engine, (double Milliseconds, double Peak) Torch) Compare(StepCase step, int rounds)
    {
        using var engine = new StepProcess(StepWorker.Engine, step, Threads);
        using var torch = new StepProcess(StepWorker.Torch, step, Threads);

        // The same weights and data on both sides: the first loss is the same.
        var (first, other) = (engine.Run(1), torch.Run(1));
        if (Math.Abs(first.Loss - other.Loss) > 1e-4 * other.Loss)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{step}: the first loss is {first.Loss} here and {other.Loss} on TorchSharp."));
        }

        WarmUp(engine);
        WarmUp(torch);

        var steps = Math.Max(3, (int)(600 / engine.Run(2).Milliseconds));
        var (own, theirs) = (new List<double>(), new List<double>());
        var (ownPeak, theirPeak) = (0.0, 0.0);
        for (var round = 0; round < rounds; round++)
        {
            // A turn's first step finds the other side's data in the caches, and is not counted.
            engine.Run(1);
            (var milliseconds, _, ownPeak, _) = engine.Run(steps);
            own.Add(milliseconds);
            torch.Run(1);
            (milliseconds, _, theirPeak, _) = torch.Run(Math.Max(2, steps / 3));
            theirs.Add(milliseconds);

            // Libtorch's threads go on spinning for 0.2 s when they are done, and would slow the next turn down.
            Thread.Sleep(Rest);
        }

        return ((Contest.Median(own), ownPeak), (Contest.Median(theirs), theirPeak));
    }

    /// <summary>Runs until the compilers of both sides are done with what they improve as it runs: a training takes hours.</summary>
    private static void WarmUp(StepProcess process)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < WarmUpSeconds;)
        {
            process.Run(3);
        }
    }

    private static void Write(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
