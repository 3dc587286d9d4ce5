using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling;

/// <summary>The paper's sharpening baseline: the kernel [[0,-1,0],[-1,5,-1],[0,-1,0]], then a bilinear resize.</summary>
internal sealed class SharpenMethod(string name, int maxThreads) : ClassicalMethod(name)
{
    private protected override ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken) =>
        MatlabResize.ToSize(
            SharpeningFilter.Apply(image, maxThreads, cancellationToken),
            width,
            height,
            new ResizeOptions { Kernel = ResizeKernel.Bilinear, MaxThreads = maxThreads },
            cancellationToken);
}
