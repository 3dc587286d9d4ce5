using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Resizes rows on their way, as <see cref="MatlabResize.ToSize"/> does the whole image.</summary>
internal sealed class ResizingRowSink(IImageRowSink sink, RowResize resize, CancellationToken cancellationToken) : IImageRowSink
{
    public void Write(ImageBuffer rows)
    {
        resize.Add(rows);
        while (resize.Make(cancellationToken) is { } made)
        {
            sink.Write(made);
        }
    }
}
