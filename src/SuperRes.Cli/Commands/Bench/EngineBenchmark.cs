using System.Diagnostics;
using SuperRes.Cli.CommandLine;
using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks.Analysis;
using SuperRes.Pixels;

namespace SuperRes.Cli.Commands.Bench;

/// <summary>Runs a model on 8-bit noise again and again, as an application would: samples in, samples out.</summary>
internal static class EngineBenchmark
{
    private const int FewestRuns = 5;
    private const int MostRuns = 50;

    /// <summary>Long enough for a steady median, short enough to wait for.</summary>
    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(2);

    public static BenchResult Run(Model model, ImageSize size, int threads, CancellationToken cancellationToken)
    {
        var shape = model.Graph.InferShapes(size.Height, size.Width)[model.Graph.Output.Index];
        var image = Noise(size);
        var result = new ImageBuffer(shape.Width, shape.Height, ColorModel.Rgb, SampleType.UInt8);
        using var engine = new NetworkEngine(model.Graph, model.Weights, threads);
        var (source, sink) = (new ImageSource(image), new ImageSink(result));
        // The first run compiles kernels and takes memory.
        engine.Run(size.Height, size.Width, source, sink, null, cancellationToken);

        var milliseconds = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (milliseconds.Count < FewestRuns || (milliseconds.Count < MostRuns && Stopwatch.GetElapsedTime(start) < EnoughTime))
        {
            var before = Stopwatch.GetTimestamp();
            engine.Run(size.Height, size.Width, source, sink, null, cancellationToken);
            milliseconds.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        milliseconds.Sort();
        var operations = 2.0 * new GraphAnalysis(model.Graph).Macs(size.Height, size.Width);
        return new BenchResult(model.Name, size, threads, milliseconds[milliseconds.Count / 2], operations, PeakMemory.Read());
    }

    private static ImageBuffer Noise(ImageSize size)
    {
        var image = new ImageBuffer(size.Width, size.Height, ColorModel.Rgb, SampleType.UInt8);
        new Random(1).NextBytes(image.Samples<byte>());
        return image;
    }
}
