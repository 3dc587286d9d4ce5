using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>The paper's sharpening baseline: the kernel [[0,-1,0],[-1,5,-1],[0,-1,0]], then a bilinear resize.</summary>
internal sealed class SharpenMethod(string name, int maxThreads) : ClassicalMethod(name, ResizeKernel.Bilinear, maxThreads)
{
    private protected override ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken) =>
        MatlabResize.ToSize(SharpeningFilter.Apply(image, Threads, cancellationToken), width, height, Options, cancellationToken);

    private protected override IImageRowSink Before(
        int fromWidth, int fromHeight, IImageRowSink sink, int width, int height, CancellationToken cancellationToken)
    {
        var resizing = new ResizingRowSink(sink, new RowResize(fromWidth, fromHeight, width, height, Options, cancellationToken), cancellationToken);
        return new SharpeningRowSink(resizing, fromHeight, Threads, cancellationToken);
    }
}
