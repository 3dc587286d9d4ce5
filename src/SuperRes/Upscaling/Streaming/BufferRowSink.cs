using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Collects rows in an image.</summary>
internal sealed class BufferRowSink(ImageBuffer image) : IImageRowSink
{
    private int _next;

    public void Write(ImageBuffer rows)
    {
        for (var row = 0; row < rows.Height; row++)
        {
            rows.RowBytes(row).CopyTo(image.RowBytes(_next++));
        }
    }
}
