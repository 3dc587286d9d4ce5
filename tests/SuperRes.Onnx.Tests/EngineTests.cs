using SuperRes.Engine;
using SuperRes.Engine.Reference;
using SuperRes.Engine.Simd;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Engine;
using SuperRes.Tests.Networks;

namespace SuperRes.Onnx.Tests;

/// <summary>The engine computes what ONNX Runtime computes from the exported file, at every vector width, on any number of threads.</summary>
public sealed class EngineTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Names => [.. NetworkCatalogue.Entries.Select(entry => entry.Name)];

    /// <summary>Every family with and without attention; the layers are the same at the other scales.</summary>
    public static TheoryData<string> NamesAtX4 => [.. NetworkCatalogue.Entries.Where(entry => entry.Options.Scale == 4).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfEveryNetwork_EqualsOnnxRuntime(string name)
    {
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        (int Height, int Width)[] sizes = options is VitOptions ? [SmallNetworks.TestSize(options)] : [(1, 1), (1, 9), (9, 1), (11, 23)];
        AssertEqual(TestModels.Create(options), sizes, [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Theory]
    [MemberData(nameof(NamesAtX4))]
    public void Run_OfAFullNetwork_EqualsOnnxRuntime(string name)
    {
        var options = NetworkCatalogue.Find(name).Options;
        AssertEqual(TestModels.Create(options), options is VitOptions vit ? [(vit.WindowSize, vit.WindowSize)] : [(13, 21)], [1, 3]);
    }

    private static void AssertEqual(Model model, (int Height, int Width)[] sizes, int[] threadCounts)
    {
        using var onnx = new OnnxRuntimeNetwork(model);
        foreach (var width in Enum.GetValues<SimdWidth>())
        {
            foreach (var threads in threadCounts)
            {
                using var engine = new NetworkEngine(model.Graph, model.Weights, threads, width);
                // One size for most numbers of threads, all sizes for the first.
                foreach (var size in threads == threadCounts[0] ? sizes : sizes[^1..])
                {
                    AssertEqual(model, onnx, engine, size, $"{size.Height}x{size.Width}, {width}, {threads} threads");
                }
            }
        }
    }

    private static void AssertEqual(Model model, OnnxRuntimeNetwork onnx, NetworkEngine engine, (int Height, int Width) size, string where)
    {
        var (height, width) = (size.Height * model.Options.Scale, size.Width * model.Options.Scale);
        var image = FloatImage.Random(size.Height, size.Width, 3, seed: 7);
        var actual = new FloatImage(height, width, 3);
        engine.Run(size.Height, size.Width, image, actual);

        var map = new ReferenceMap(1, 3, size.Height, size.Width);
        var expected = onnx.Run(map.Fill(3, size.Height, size.Width, (_, c, y, x) => image.Values[(((y * size.Width) + x) * 3) + c]));
        // The tolerance is stated for results in [0, 1]; networks that have learned nothing may leave it.
        var tolerance = Tolerance * Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            var (c, position) = Math.DivRem(i, height * width);
            var value = actual.Values[(position * 3) + c];
            Assert.True(Math.Abs(expected[i] - value) <= tolerance, FormattableString.Invariant($"{where}: channel {c} at {position % width}, {position / width} is {value}, expected {expected[i]}"));
        }
    }
}
