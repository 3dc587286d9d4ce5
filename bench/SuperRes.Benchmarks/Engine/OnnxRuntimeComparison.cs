using System.Globalization;
using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Benchmarks.Engine;

/// <summary>The engine and ONNX Runtime in turns on one image.</summary>
internal static class OnnxRuntimeComparison
{
    public static void Print(string name, int width, int height, int threads, int rounds, double target)
    {
        var model = Model.Initialize(NetworkCatalogue.Find(name).Options, seed: 1);
        var scale = model.Options.Scale;
        var (image, result) = (FloatPixels.Noise(height, width), new FloatPixels(scale * height, scale * width));
        using var engine = new NetworkEngine(model.Graph, model.Weights, threads);
        using var peer = new OnnxRuntimePeer(model, height, width, threads);
        ToPlanes(image.Values, peer.Input);
        var times = Contest.Run(rounds, () => engine.Run(height, width, image, result), peer.Run);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {name} {width}x{height}, {threads} threads, {rounds} rounds; largest difference {LargestDifference(result.Values, peer.Output):0.0e+0}
            | | wall ms | least | processor ms |
            |---|---|---|---|
            | SuperRes | {times[0].Wall:0.0} | {times[0].Least:0.0} | {times[0].Processor:0} |
            | ONNX Runtime | {times[1].Wall:0.0} | {times[1].Least:0.0} | {times[1].Processor:0} |
            | **ratio** | **{times[0].WallRatio(times[1]):0.000}** (at most {target:0.00}) | {times[0].Least / times[1].Least:0.000} | {times[0].ProcessorRatio(times[1]):0.000} |
            """));
    }

    private static void ToPlanes(float[] pixels, float[] planes)
    {
        var positions = pixels.Length / 3;
        for (var i = 0; i < pixels.Length; i++)
        {
            planes[(i % 3 * positions) + (i / 3)] = pixels[i];
        }
    }

    private static double LargestDifference(float[] pixels, float[] planes)
    {
        var ours = new float[planes.Length];
        ToPlanes(pixels, ours);
        return ours.Zip(planes, (x, y) => Math.Abs((double)x - y)).Max();
    }
}
