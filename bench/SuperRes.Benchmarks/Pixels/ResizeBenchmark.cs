using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using NetVips;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Benchmarks.Pixels;

/// <summary>
/// Antialiased bicubic (a = -0.5) of 2040x1356 RGB to a quarter, and back up, on one thread, beside libvips' own
/// <c>reduce</c>. On 8 bits libvips works in 16-bit fixed point and is not MATLAB's result; on floats the two agree.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[Config(typeof(InProcessConfig))]
[MinColumn, MedianColumn, MemoryDiagnoser]
public class ResizeBenchmark
{
    private const int Width = 2040;
    private const int Height = 1356;

    private static readonly ResizeOptions OneThread = new() { MaxThreads = 1 };

    private ImageBuffer _floats = null!;
    private ImageBuffer _bytes = null!;
    private ImageBuffer _smallFloats = null!;
    private ImageBuffer _smallBytes = null!;
    private Image _vipsFloats = null!;
    private Image _vipsBytes = null!;

    [GlobalSetup]
    public void Setup()
    {
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        _bytes = new ImageBuffer(Width, Height, ColorModel.Rgb, SampleType.UInt8);
        new Random(1).NextBytes(_bytes.Samples<byte>());
        _floats = _bytes.ConvertTo(SampleType.Float32);
        _smallBytes = MatlabResize.ByScale(_bytes, 0.25);
        _smallFloats = MatlabResize.ByScale(_floats, 0.25);
        _vipsBytes = Image.NewFromMemory(_bytes.Samples<byte>().ToArray(), Width, Height, 3, Enums.BandFormat.Uchar);
        _vipsFloats = Image.NewFromMemory(_floats.Samples<float>().ToArray(), Width, Height, 3, Enums.BandFormat.Float);
    }

    [Benchmark(Baseline = true, Description = "libvips reduce"), BenchmarkCategory("float to a quarter")]
    public Image LibvipsFloatQuarter() => Reduce(_vipsFloats);

    [Benchmark(Description = "MatlabResize"), BenchmarkCategory("float to a quarter")]
    public ImageBuffer FloatQuarter() => MatlabResize.ByScale(_floats, 0.25, OneThread);

    [Benchmark(Baseline = true, Description = "libvips reduce"), BenchmarkCategory("8-bit to a quarter")]
    public Image LibvipsByteQuarter() => Reduce(_vipsBytes);

    [Benchmark(Description = "MatlabResize"), BenchmarkCategory("8-bit to a quarter")]
    public ImageBuffer ByteQuarter() => MatlabResize.ByScale(_bytes, 0.25, OneThread);

    [Benchmark(Description = "MatlabResize"), BenchmarkCategory("float, four times larger")]
    public ImageBuffer FloatTimesFour() => MatlabResize.ToSize(_smallFloats, Width, Height, OneThread);

    [Benchmark(Description = "MatlabResize"), BenchmarkCategory("8-bit, four times larger")]
    public ImageBuffer ByteTimesFour() => MatlabResize.ToSize(_smallBytes, Width, Height, OneThread);

    private static Image Reduce(Image image)
    {
        using var reduced = image.Reduce(4, 4, kernel: Enums.Kernel.Cubic);
        using var pixels = reduced.CopyMemory();
        return pixels;
    }
}
