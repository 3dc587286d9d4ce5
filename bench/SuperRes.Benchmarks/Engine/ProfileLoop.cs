using System.Globalization;
using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Benchmarks.Engine;

/// <summary>Runs a network again and again, for <c>perf stat</c> and <c>perf record</c>; prints processor time per run, which other work on the machine disturbs least.</summary>
internal static class ProfileLoop
{
    public const string Argument = "--profile";

    public static void Run(string name, int[] numbers)
    {
        var (width, height, threads, runs) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var model = Model.Initialize(NetworkCatalogue.Find(name).Options, seed: 1);
        var (image, result) = (FloatPixels.Noise(height, width), new FloatPixels(model.Options.Scale * height, model.Options.Scale * width));
        using var engine = new NetworkEngine(model.Graph, model.Weights, threads);
        engine.Run(height, width, image, result);
        var times = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            engine.Run(height, width, image, result);
            times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {width}x{height}, {threads} threads: processor ms median {Contest.Median(times):0.0}, least {times.Min():0.0}"));
    }
}
