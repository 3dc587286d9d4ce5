using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Collects rows in an image.</summary>
internal sealed class BufferRowSink(ImageBuffer image) : IImageRowSink
{
    private int _bytes;

    public void Write(ImageBuffer rows)
    {
        rows.Bytes().CopyTo(image.Bytes()[_bytes..]);
        _bytes += rows.Bytes().Length;
    }
}
