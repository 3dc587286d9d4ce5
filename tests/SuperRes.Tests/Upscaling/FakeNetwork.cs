using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

/// <summary>Stands in for a network: RGB only, few scales; each sample becomes a block, after a change that the test chooses.</summary>
internal sealed class FakeNetwork(int[] scales, Func<float, int, int, int, float>? change = null) : IUpscalingMethod
{
    public List<(ColorModel Color, SampleType Type, int Width, int Height)> Calls { get; } = [];

    public bool IsDisposed { get; private set; }

    public string Name => "fake";

    public long ParameterCount => 1;

    public IReadOnlyList<int> Scales => scales;

    public ImageBuffer Upscale(ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Calls)
        {
            Calls.Add((image.Color, image.SampleType, width, height));
        }

        var scale = width / image.Width;
        Assert.Equal((image.Width * scale, image.Height * scale), (width, height));
        Assert.Contains(scale, scales);
        var source = image.ConvertTo(SampleType.Float32);
        var result = new ImageBuffer(width, height, image.Color, SampleType.Float32);
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < result.RowLength; i++)
            {
                var (x, channel) = (i / image.Channels, i % image.Channels);
                var sample = source.Row<float>(y / scale)[((x / scale) * image.Channels) + channel];
                result.Row<float>(y)[i] = change is null ? sample : change(sample, x, y, channel);
            }
        }

        progress?.Report(0.5);
        progress?.Report(1);
        return result.ConvertTo(image.SampleType);
    }

    public void Dispose() => IsDisposed = true;
}
