using System.Diagnostics;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>
/// Times networks in turn on the same image, so that what else the machine does hits them alike. A network of fixed size
/// goes over it in windows, as for anyone who enlarges an image.
/// </summary>
internal sealed class EngineTimer : IDisposable
{
    private readonly NetworkMethod _method;
    private readonly int _scale;
    private readonly ImageBuffer _image = new(160, 90, ColorModel.Rgb, SampleType.UInt8);

    public EngineTimer(NetworkOptions network, int threads)
    {
        new Random(1).NextBytes(_image.Samples<byte>());
        _scale = network.Scale;
        _method = new NetworkMethod(Model.Initialize(network, seed: 1), MethodOptions.Default with { Threads = threads });
        Once();
    }

    /// <summary>Median milliseconds of a few runs.</summary>
    public double Median(int runs = 7) => Turns.Median(Once, runs);

    /// <summary>Median over rounds of this network's time over another's, each round measuring both.</summary>
    public double RatioTo(EngineTimer other, int rounds = 15) => Turns.Ratio(Once, other.Once, rounds);

    public void Dispose() => _method.Dispose();

    private double Once()
    {
        var start = Stopwatch.GetTimestamp();
        _method.Upscale(_image, _image.Width * _scale, _image.Height * _scale);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
