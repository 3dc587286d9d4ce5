using System.Globalization;
using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Benchmarks.Engine;

/// <summary>What CBAM at the end of each block adds to EDSR's time.</summary>
internal static class AttentionCost
{
    private const int Width = 320;
    private const int Height = 180;
    private const int Rounds = 21;

    public static void Print()
    {
        var (image, result) = (FloatPixels.Noise(Height, Width), new FloatPixels(4 * Height, 4 * Width));
        using var plain = Engine("edsr-x4");
        using var attentive = Engine("edsr-cbam-x4");
        var times = Contest.Run(Rounds, () => plain.Run(Height, Width, image, result), () => attentive.Run(Height, Width, image, result));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            edsr-x4 without and with CBAM, {Width}x{Height}, 2 threads, {Rounds} rounds
            | | wall ms | least | processor ms |
            |---|---|---|---|
            | EDSR | {times[0].Wall:0.0} | {times[0].Least:0.0} | {times[0].Processor:0} |
            | EDSR with CBAM | {times[1].Wall:0.0} | {times[1].Least:0.0} | {times[1].Processor:0} |
            | **CBAM adds** | **{times[1].WallRatio(times[0]) - 1:0.0%}** (at most 8 %, aim 4 %) | {(times[1].Least / times[0].Least) - 1:0.0%} | {times[1].ProcessorRatio(times[0]) - 1:0.0%} |
            """));
    }

    private static NetworkEngine Engine(string name)
    {
        var model = Model.Initialize(NetworkCatalogue.Find(name).Options, seed: 1);
        return new NetworkEngine(model.Graph, model.Weights, threads: 2);
    }
}
