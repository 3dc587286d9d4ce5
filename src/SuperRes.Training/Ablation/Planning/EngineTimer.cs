using System.Diagnostics;
using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Pixels;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Times networks in turn on the same image, so that what else the machine does hits them alike.</summary>
internal sealed class EngineTimer : IDisposable
{
    private const int Width = 160;
    private const int Height = 90;

    private readonly NetworkEngine _engine;
    private readonly ImageBuffer _image;
    private readonly ImageBuffer _result;

    public EngineTimer(NetworkOptions network, int threads)
    {
        var model = Model.Initialize(network, seed: 1);
        var analysis = new GraphAnalysis(model.Graph);
        var (width, height) = analysis.HasFixedSize ? (analysis.MinimumWidth, analysis.MinimumHeight) : (Width, Height);
        _image = Noise(width, height);
        _result = new ImageBuffer(width * network.Scale, height * network.Scale, ColorModel.Rgb, SampleType.UInt8);
        _engine = new NetworkEngine(model.Graph, model.Weights, threads);
        Once();
    }

    /// <summary>Median milliseconds of a few runs.</summary>
    public double Median(int runs = 7) => Turns.Median(Once, runs);

    /// <summary>Median over rounds of this network's time over another's, each round measuring both.</summary>
    public double RatioTo(EngineTimer other, int rounds = 15) => Turns.Ratio(Once, other.Once, rounds);

    public void Dispose() => _engine.Dispose();

    private double Once()
    {
        var start = Stopwatch.GetTimestamp();
        _engine.Run(_image.Height, _image.Width, new ImageSource(_image), new ImageSink(_result), null, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static ImageBuffer Noise(int width, int height)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        new Random(1).NextBytes(image.Samples<byte>());
        return image;
    }
}
