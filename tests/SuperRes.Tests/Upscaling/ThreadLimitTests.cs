using System.Collections.Concurrent;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Tests.Upscaling;

/// <summary>A limit on threads holds for the method and for all that the upscaler does around it.</summary>
public sealed class ThreadLimitTests
{
    // Tall, so that there are rows for many threads.
    private const int Width = 24;
    private const int Height = 1500;

    [Theory]
    [InlineData(ColorModel.Rgb, 2, true)]
    [InlineData(ColorModel.Gray, 2, false)]
    [InlineData(ColorModel.Rgba, 1.5, false)]
    public void Upscale_OnOneThread_UsesNoOther(ColorModel color, double scale, bool ensemble)
    {
        using var upscaler = Create();
        var image = TestPatterns.Noise(Width, Height, color, SampleType.UInt8);

        Assert.Empty(OtherThreadsOf(() => upscaler.Upscale(image, scale, new UpscaleOptions { SelfEnsemble = ensemble })));
    }

    [Theory]
    [InlineData(ColorModel.Gray, 2)]
    [InlineData(ColorModel.Rgb, 1.5)]
    public void UpscaleRows_OnOneThread_UsesNoOther(ColorModel color, double scale)
    {
        using var upscaler = Create();
        var source = new BufferRowSource(TestPatterns.Noise(Width, Height, color, SampleType.UInt8));
        var result = new ImageBuffer((int)(Width * scale), (int)(Height * scale), color, SampleType.UInt8);

        Assert.Empty(OtherThreadsOf(() => upscaler.UpscaleRows(source, new BufferRowSink(result), TargetSize.FromScale(scale))));
    }

    private static Upscaler Create() =>
        new(new NetworkMethod(Model.Initialize(new EspcnOptions { Scale = 2, Features = 8 }, seed: 1), new MethodOptions { Threads = 1 }), ownsMethod: true);

    /// <summary>The threads that work is passed to: each takes the caller's execution context on.</summary>
    private static IEnumerable<int> OtherThreadsOf(Action action)
    {
        var threads = new ConcurrentDictionary<int, bool>();
        var mark = new AsyncLocal<bool>(change => threads.TryAdd(Environment.CurrentManagedThreadId, change.CurrentValue));
        mark.Value = true;
        action();
        mark.Value = false;
        return threads.Keys.Except([Environment.CurrentManagedThreadId]);
    }
}
