using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Tests.Upscaling.Streaming;

/// <summary>Tiles against the whole image.</summary>
public sealed class TiledRunTests
{
    private static readonly Dictionary<string, NetworkOptions> Networks = new()
    {
        ["edsr"] = new EdsrOptions { Blocks = 2, Features = 16 },
        ["edsr x3"] = new EdsrOptions { Blocks = 1, Features = 16, Scale = 3 },
        ["srresnet"] = new SrResNetOptions { Blocks = 1, Features = 16, Scale = 2 },
        ["espcn"] = new EspcnOptions { Features = 16 },
        ["lapsrn"] = new LapSrnOptions { Blocks = 1, Features = 16 },
        ["srcnn"] = new SrcnnOptions { Scale = 3 },
        ["vdsr"] = new VdsrOptions { Layers = 4, Features = 16, Scale = 2 },
    };

    public static TheoryData<string, int> Cases { get; } = new(Networks.Keys.SelectMany(name => new[] { 7, 16, 64 }, (name, tile) => (name, tile)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Upscale_InTiles_IsTheWholeImage(string name, int tile)
    {
        var whole = Upscale(Networks[name], tile: 0);
        var tiled = Upscale(Networks[name], tile);
        Assert.InRange(LargestDifference(whole, tiled), 0, 1e-5);
    }

    /// <summary>CBAM pools over each tile: another result, unless one tile is the image.</summary>
    [Fact]
    public void Upscale_InTilesWithCbam_PoolsOverTheTile()
    {
        var options = new EdsrOptions { Blocks = 1, Features = 16, Scale = 2, Attention = new() };
        var whole = Upscale(options, tile: 0);
        Assert.InRange(LargestDifference(whole, Upscale(options, tile: 64)), 0, 1e-6);
        Assert.InRange(LargestDifference(whole, Upscale(options, tile: 8)), 1e-5, 0.1);
    }

    [Fact]
    public void MemoryFor_CbamInTiles_GrowsWithTheImageOnly()
    {
        var model = Model.Initialize(new EdsrOptions { Blocks = 4, Features = 32, Attention = new() }, seed: 3);
        using var whole = new NetworkMethod(model, MethodOptions.Default);
        using var tiled = new NetworkMethod(model, MethodOptions.Default with { TileSize = 64 });
        var (small, large) = (MemoryFor(tiled, 400), MemoryFor(tiled, 800));
        Assert.InRange(large, small, 4 * small);
        Assert.InRange(large, 0, MemoryFor(whole, 800) / 4);

        static long MemoryFor(NetworkMethod method, int side) => method.MemoryFor(side, side, 4 * side, 4 * side, ColorModel.Rgb, SampleType.UInt8);
    }

    [Theory]
    [InlineData(10, 4, 3, new[] { 0, 7, 4, 1, 9, 4, 5, 5, 2 })]
    [InlineData(5, 8, 2, new[] { 0, 5, 5 })]
    public void Tiles_OfASide_SeeTheirMargins(int length, int side, int margin, int[] expected)
    {
        var cut = TileCut.Tiles(side, margin);
        var parts = new List<int>();
        for (var from = 0; from < length;)
        {
            var part = cut.Next(from, length, length);
            parts.AddRange([part.Start, part.Length, part.Kept]);
            from += part.Kept;
        }

        Assert.Equal(expected, parts);
    }

    [Fact]
    public void UpscaleRows_InTiles_IsUpscale()
    {
        using var method = new NetworkMethod(Model.Initialize(Networks["edsr"], seed: 1), MethodOptions.Default with { TileSize = 10 });
        using var upscaler = new Upscaler(method);
        var image = TestPatterns.Noise(23, 37, ColorModel.Rgb, SampleType.UInt8);
        var expected = upscaler.Upscale(image, 4);
        var result = new ImageBuffer(92, 148, ColorModel.Rgb, SampleType.UInt8);
        method.UpscaleRows(new BufferRowSource(image), new BufferRowSink(result), 92, 148, memoryBudget: null, progress: null, CancellationToken.None);
        Assert.Equal(expected.Bytes().ToArray(), result.Bytes().ToArray());
    }

    private static float[] Upscale(NetworkOptions options, int tile)
    {
        using var method = new NetworkMethod(Model.Initialize(options, seed: 3), MethodOptions.Default with { TileSize = tile });
        using var upscaler = new Upscaler(method);
        return upscaler.Upscale(TestPatterns.Noise(43, 29, ColorModel.Rgb, SampleType.Float32), options.Scale).Samples<float>().ToArray();
    }

    private static double LargestDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs((double)x - y)).Max();
}
