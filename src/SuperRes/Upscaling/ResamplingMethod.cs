using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling;

/// <summary>A kernel of <see cref="MatlabResize"/> as an upscaling method; 8- and 16-bit images are rounded between the passes.</summary>
internal sealed class ResamplingMethod(string name, ResizeKernel kernel, int maxThreads) : ClassicalMethod(name)
{
    private protected override ImageBuffer Apply(ImageBuffer image, int width, int height, CancellationToken cancellationToken) =>
        MatlabResize.ToSize(image, width, height, new ResizeOptions { Kernel = kernel, MaxThreads = maxThreads }, cancellationToken);
}
