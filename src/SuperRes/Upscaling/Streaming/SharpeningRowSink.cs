using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Sharpens rows on their way, as <see cref="SharpeningFilter"/> does the whole image.</summary>
internal sealed class SharpeningRowSink(IImageRowSink sink, int height, int maxThreads, CancellationToken cancellationToken) : IImageRowSink
{
    private readonly RowWindow _window = new();
    private int _made;

    public void Write(ImageBuffer rows)
    {
        _window.Add(rows, _made - 1);

        // A row needs the one below it.
        var end = _window.Arrived == height ? height : _window.Arrived - 1;
        if (end > _made)
        {
            var made = new RowSpan(_made, end - _made);
            _made = end;
            sink.Write(SharpeningFilter.ApplyRows(_window.Rows, _window.Top, height, made, maxThreads, cancellationToken));
        }
    }
}
