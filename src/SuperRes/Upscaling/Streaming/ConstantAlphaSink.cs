using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Adds the same alpha to all pixels on their way.</summary>
/// <param name="sink">Takes the rows with alpha.</param>
/// <param name="alpha">Gray, all samples equal.</param>
internal sealed class ConstantAlphaSink(IImageRowSink sink, ImageBuffer alpha) : IImageRowSink
{
    private readonly ImageBuffer _pixel = alpha.Crop(0, 0, 1, 1);
    private ImageBuffer? _rows;

    public void Write(ImageBuffer rows)
    {
        if (_rows?.Height != rows.Height)
        {
            _rows = MatlabResize.ToSize(_pixel, rows.Width, rows.Height, new ResizeOptions { Kernel = ResizeKernel.Nearest, MaxThreads = 1 });
        }

        sink.Write(ColorChannels.JoinAlpha(rows, _rows));
    }
}
