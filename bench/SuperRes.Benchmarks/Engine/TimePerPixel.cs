using System.Diagnostics;
using System.Globalization;
using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Benchmarks.Engine;

/// <summary>EDSR's time per pixel of the input on images of all sizes, small ones several times in a turn.</summary>
internal static class TimePerPixel
{
    /// <summary>What the engine may take when the process has 512 MB: the rest is the runtime, the weights and the rows of the images.</summary>
    public const long EngineShare = 400_000_000;

    private const int PixelsPerTurn = 512 * 512;

    private static readonly int[] Sides = [128, 512, 2048];

    public static void Print(long? memoryBudget, double target)
    {
        var model = Model.Initialize(NetworkCatalogue.Find("edsr-x4").Options, seed: 1);
        using var engine = new NetworkEngine(model.Graph, model.Weights, threads: 2, memoryBudget: memoryBudget);
        var perPixel = Sides.Select(_ => new List<double>()).ToArray();
        // Up and down again, so that a machine that grows slower or faster meanwhile favours no size.
        Work(engine, Sides[0]);
        foreach (var i in Enumerable.Range(0, Sides.Length).Concat(Enumerable.Range(0, Sides.Length - 1).Reverse()))
        {
            perPixel[i].Add(Work(engine, Sides[i]));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            edsr-x4, 2 threads{(memoryBudget is null ? "" : $", engine's budget {memoryBudget / 1e6:0} MB")}; peak of the process {ProcessMemory.Peak() / 1e6:0} MB
            | input | ns per pixel | to {Sides[0]}x{Sides[0]} |
            |---|---|---|
            """));
        for (var i = 0; i < Sides.Length; i++)
        {
            var bound = i == Sides.Length - 1 ? $" (at most {target.ToString("0.00", CultureInfo.InvariantCulture)})" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Sides[i]}x{Sides[i]} | {perPixel[i].Average():0} | {perPixel[i].Average() / perPixel[0].Average():0.000}{bound} |"));
        }
    }

    /// <summary>Enlarges an image, a small one several times.</summary>
    /// <returns>Nanoseconds per pixel.</returns>
    private static double Work(NetworkEngine engine, int side)
    {
        var rows = new AnyRows();
        var turns = Math.Max(1, PixelsPerTurn / (side * side));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < turns; i++)
        {
            engine.Run(side, side, rows, rows);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / turns / side / side;
    }

    /// <summary>An image of any size that takes no memory.</summary>
    private sealed class AnyRows : IRowSource, IRowSink
    {
        public void Read(int y, Span<float> row)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = ((i * 31) + (y * 17)) % 256 / 255f;
            }
        }

        public void Write(int y, ReadOnlySpan<float> row)
        {
        }
    }
}
