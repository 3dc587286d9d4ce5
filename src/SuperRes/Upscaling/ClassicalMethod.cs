using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>What the methods without parameters share: they make any size, treat all directions alike, and hold nothing to dispose.</summary>
internal abstract class ClassicalMethod(string name, ResizeKernel kernel, int maxThreads) : IRowwiseMethod
{
    private const int StripRows = 64;

    public string Name => name;

    public int Threads => maxThreads;

    public long ParameterCount => 0;

    public IReadOnlyList<int> Scales => [];

    private protected ResizeOptions Options { get; } = new() { Kernel = kernel, MaxThreads = maxThreads };

    public ImageBuffer Upscale(
        ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        RefuseAlpha(image.Color, nameof(image));
        var result = Apply(image, width, height, cancellationToken);
        progress?.Report(1);
        return result;
    }

    public void UpscaleRows(
        IImageRowSource source, IImageRowSink sink, int width, int height, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RefuseAlpha(source.Color, nameof(source));
        var first = Before(source.Width, source.Height, sink, width, height, cancellationToken);
        var done = 0;
        while (source.Read(StripRows) is { } rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            first.Write(rows);
            done += rows.Height;
            progress?.Report((double)done / source.Height);
        }
    }

    public long MemoryFor(int fromWidth, int fromHeight, int width, int height, ColorModel color, SampleType sampleType) =>
        RowResize.MemoryFor(StripRows, fromWidth, fromHeight, width, height, (int)color * ImageBuffer.BytesPerSample(sampleType), Options.Kernel);

    public void Dispose()
    {
    }

    private protected abstract ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken);

    /// <summary>What the input's rows are written into, so that the result's reach the sink.</summary>
    private protected abstract IImageRowSink Before(
        int fromWidth, int fromHeight, IImageRowSink sink, int width, int height, CancellationToken cancellationToken);

    private void RefuseAlpha(ColorModel color, string parameter)
    {
        if (color is ColorModel.GrayAlpha or ColorModel.Rgba)
        {
            throw new ArgumentException($"'{name}' takes gray or RGB, got {color}. Upscale colour and alpha apart.", parameter);
        }
    }
}
