using BenchmarkDotNet.Attributes;
using SuperRes.Metrics;

namespace SuperRes.Benchmarks.Pixels;

/// <summary>SSIM of a 1920x1080 pair. The peer is scikit-image: run <c>bench/scikit-image/ssim.py</c> beside it, which prints the same value.</summary>
[Config(typeof(InProcessConfig))]
[MinColumn, MedianColumn]
public class SsimBenchmark
{
    private const int Width = 1920;
    private const int Height = 1080;

    private readonly double[] _result = new double[Width * Height];
    private readonly double[] _reference = new double[Width * Height];

    /// <summary>1, then one per processor.</summary>
    [Params(1, 0)]
    public int MaxThreads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var value = ((x * x * 3) + (x * y * 5) + (y * 7)) / 61 % 256;
                _reference[(y * Width) + x] = value;
                _result[(y * Width) + x] = Math.Clamp(value + (((x * 31) + (y * 17)) % 23) - 11, 0, 255);
            }
        }

        Console.WriteLine(FormattableString.Invariant($"// SSIM {Compute():F12}"));
    }

    [Benchmark]
    public double Compute() => Ssim.Compute(_result, _reference, Width, Height, 255, MaxThreads);
}
