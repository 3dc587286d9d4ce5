using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>An image in memory as a source of rows.</summary>
internal sealed class BufferRowSource(ImageBuffer image) : IImageRowSource
{
    private int _next;

    public int Width => image.Width;

    public int Height => image.Height;

    public ColorModel Color => image.Color;

    public SampleType SampleType => image.SampleType;

    public ImageBuffer? Read(int maxRows)
    {
        var count = Math.Min(maxRows, image.Height - _next);
        if (count == 0)
        {
            return null;
        }

        var rows = image.Crop(0, _next, image.Width, count);
        _next += count;
        return rows;
    }

    /// <summary>Reads what is left of a source, which must be all of it.</summary>
    public static ImageBuffer ReadAll(IImageRowSource source, CancellationToken cancellationToken)
    {
        const int StripRows = 64;
        var image = new ImageBuffer(source.Width, source.Height, source.Color, source.SampleType);
        for (var y = 0; y < image.Height;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = source.Read(StripRows)!;
            rows.CopyRowsTo(0, rows.Height, image, y);
            y += rows.Height;
        }

        return image;
    }
}
