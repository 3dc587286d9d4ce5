using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Data;

/// <summary>Small gray versions of images, to tell by what they show.</summary>
internal static class GrayReduction
{
    /// <summary>The mean of an image's channels, reduced with antialiasing; float samples in levels of 255.</summary>
    public static ImageBuffer ToSize(ImageBuffer image, int width, int height)
    {
        var small = MatlabResize.ToSize(image, width, height, new ResizeOptions { Kernel = ResizeKernel.Bilinear, MaxThreads = 1 });
        var (samples, unit) = small.SampleType switch
        {
            SampleType.UInt8 => (Array.ConvertAll(small.Samples<byte>().ToArray(), value => (float)value), 1f),
            SampleType.UInt16 => (Array.ConvertAll(small.Samples<ushort>().ToArray(), value => (float)value), 1 / 257f),
            _ => (small.Samples<float>().ToArray(), 255f),
        };
        var gray = new ImageBuffer(width, height, ColorModel.Gray, SampleType.Float32);
        var levels = gray.Samples<float>();
        for (var i = 0; i < levels.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in samples.AsSpan(i * small.Channels, small.Channels))
            {
                sum += sample;
            }

            levels[i] = sum / small.Channels * unit;
        }

        return gray;
    }
}
