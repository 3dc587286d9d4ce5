using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Changes rows on their way.</summary>
internal sealed class ConvertingRowSink(IImageRowSink sink, Func<ImageBuffer, ImageBuffer> convert) : IImageRowSink
{
    public void Write(ImageBuffer rows) => sink.Write(convert(rows));
}
