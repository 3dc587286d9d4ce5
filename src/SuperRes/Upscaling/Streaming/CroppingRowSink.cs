using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Passes on a part of the rows that come.</summary>
/// <param name="sink">Takes the part.</param>
/// <param name="left">Columns left out at the left.</param>
/// <param name="top">Rows left out above.</param>
/// <param name="width">Width of the part.</param>
/// <param name="height">Height of the part.</param>
internal sealed class CroppingRowSink(IImageRowSink sink, int left, int top, int width, int height) : IImageRowSink
{
    private int _next;

    public void Write(ImageBuffer rows)
    {
        var first = Math.Max(top - _next, 0);
        var end = Math.Min(top + height - _next, rows.Height);
        _next += rows.Height;
        if (first < end)
        {
            sink.Write(rows.Crop(left, first, width, end - first));
        }
    }
}
