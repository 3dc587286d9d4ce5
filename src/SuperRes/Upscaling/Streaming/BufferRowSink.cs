using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Collects rows in an image.</summary>
internal sealed class BufferRowSink(ImageBuffer image) : IImageRowSink
{
    private int _next;

    public void Write(ImageBuffer rows)
    {
        rows.CopyRowsTo(0, rows.Height, image, _next);
        _next += rows.Height;
    }
}
