using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>What the methods without parameters share: they make any size and hold nothing to dispose.</summary>
internal abstract class ClassicalMethod(string name) : IUpscalingMethod
{
    public string Name => name;

    public long ParameterCount => 0;

    public IReadOnlyList<int> Scales => [];

    public ImageBuffer Upscale(
        ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.HasAlpha)
        {
            throw new ArgumentException($"'{name}' takes gray or RGB, got {image.Color}. Upscale colour and alpha apart.", nameof(image));
        }

        var result = Apply(image, width, height, cancellationToken);
        progress?.Report(1);
        return result;
    }

    public void Dispose()
    {
    }

    private protected abstract ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken);
}
