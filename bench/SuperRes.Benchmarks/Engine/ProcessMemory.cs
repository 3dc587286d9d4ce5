using System.Globalization;
using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Pixels;

namespace SuperRes.Benchmarks.Engine;

/// <summary>The most memory that a process holds that does nothing but enlarge an 8-bit image, as Linux counts it (VmHWM).</summary>
internal static class ProcessMemory
{
    public const string ChildArgument = "--alone";

    private static readonly (string Model, int Width, int Height)[] Cases = [("edsr-x4", 320, 180), ("edsr-cbam-x4", 320, 180), ("espcn-x4", 960, 540)];

    /// <summary>Measures each in a process of its own, without ONNX Runtime.</summary>
    public static void Print()
    {
        Console.WriteLine("| 2 threads, a process of its own | peak MB |\n|---|---|");
        foreach (var (model, width, height) in Cases)
        {
            using var child = OwnProcess.Start(EngineBenchmarks.Command, ChildArgument, model, $"{width}", $"{height}");
            Console.WriteLine($"| {model} {width}x{height} | {child.StandardOutput.ReadToEnd().Trim()} |");
            child.WaitForExit();
        }
    }

    /// <summary>Runs a few times and prints the peak.</summary>
    public static void RunAlone(string name, int width, int height)
    {
        var model = Model.Initialize(NetworkCatalogue.Find(name).Options, seed: 1);
        var scale = model.Options.Scale;
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        var result = new ImageBuffer(scale * width, scale * height, ColorModel.Rgb, SampleType.UInt8);
        new Random(1).NextBytes(image.Samples<byte>());
        using var engine = new NetworkEngine(model.Graph, model.Weights, threads: 2);
        for (var i = 0; i < 3; i++)
        {
            engine.Run(height, width, new ImageSource(image), new ImageSink(result));
        }

        Console.WriteLine((Peak() / 1e6).ToString("0.0", CultureInfo.InvariantCulture));
    }

    /// <summary>Bytes.</summary>
    public static long Peak()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}
