using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>A kernel of <see cref="MatlabResize"/> as an upscaling method; 8- and 16-bit images are rounded between the passes.</summary>
internal sealed class ResamplingMethod(string name, ResizeKernel kernel, int maxThreads) : ClassicalMethod(name, kernel, maxThreads)
{
    private protected override ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken) =>
        MatlabResize.ToSize(image, width, height, Options, cancellationToken);

    private protected override IImageRowSink Before(
        int fromWidth, int fromHeight, IImageRowSink sink, int width, int height, CancellationToken cancellationToken) =>
        new ResizingRowSink(sink, new RowResize(fromWidth, fromHeight, width, height, Options, cancellationToken), cancellationToken);
}
