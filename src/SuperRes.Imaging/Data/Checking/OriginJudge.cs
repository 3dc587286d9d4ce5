using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Upscaling;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>Tells how a low-resolution image was made by making it again in the known ways.</summary>
internal static class OriginJudge
{
    private const int OneThread = 1; // images are spread over the threads already

    private static readonly (string Name, ResizeOptions Options)[] OtherMethods =
    [
        ("MATLAB's bicubic without rounding between the passes", Options(ResizeKernel.Bicubic) with { RoundBetweenPasses = false }),
        ("bicubic without antialiasing, as in OpenCV", Options(ResizeKernel.Bicubic) with { Antialias = false }),
        ("area averaging", Options(ResizeKernel.Box)),
        ("antialiased bilinear", Options(ResizeKernel.Bilinear)),
        ("antialiased Lanczos", Options(ResizeKernel.Lanczos3)),
        ("nearest neighbour", Options(ResizeKernel.Nearest)),
    ];

    /// <summary>Judges one pair whose sizes fit.</summary>
    public static PairReport Judge(string name, ImageBuffer high, ImageBuffer low, int scale, PairFit fit)
    {
        var original = fit == PairFit.Cropped ? Degradation.CropToMultiple(high, scale) : high;
        if (Compare(Resize(original, scale, fit, ResizeOptions.Default with { MaxThreads = OneThread }), low) is not { } matlab)
        {
            return new PairReport(name, LowResolutionOrigin.Unknown, 0, 0, null, null);
        }

        if (matlab.Share == 0)
        {
            return Report(LowResolutionOrigin.Matlab, null);
        }

        var pillow = FindPillow(high, original, low);
        if (matlab.Largest <= 1 && !(pillow?.Share < matlab.Share))
        {
            return Report(LowResolutionOrigin.MatlabWithinRounding, null);
        }

        return pillow is { Largest: <= 1 } && pillow.Value.Psnr > matlab.Psnr
            ? Report(LowResolutionOrigin.Pillow, "Pillow's bicubic")
            : Report(LowResolutionOrigin.Other, FindClosest(original, low, scale, fit, matlab.Psnr));

        PairReport Report(LowResolutionOrigin origin, string? closest) =>
            new(name, origin, matlab.Share, matlab.Largest, matlab.Psnr, closest);
    }

    private static ResizeOptions Options(ResizeKernel kernel) => new() { Kernel = kernel, MaxThreads = OneThread };

    private static ImageBuffer Resize(ImageBuffer original, int scale, PairFit fit, ResizeOptions options) =>
        fit == PairFit.Cropped
            ? MatlabResize.ToSize(original, original.Width / scale, original.Height / scale, options)
            : MatlabResize.ByScale(original, 1.0 / scale, options);

    /// <summary>Pillow users crop first, or not: whichever is nearer.</summary>
    private static PixelDifference? FindPillow(ImageBuffer high, ImageBuffer original, ImageBuffer low)
    {
        if (high.SampleType != SampleType.UInt8)
        {
            return null;
        }

        var cropped = Compare(PillowBicubic.Shrink(original, low.Width, low.Height), low);
        return ReferenceEquals(high, original) || cropped is { Largest: <= 1 }
            ? cropped
            : Compare(PillowBicubic.Shrink(high, low.Width, low.Height), low) is { } whole && whole.Psnr > cropped?.Psnr ? whole : cropped;
    }

    private static string? FindClosest(ImageBuffer original, ImageBuffer low, int scale, PairFit fit, double psnr)
    {
        string? closest = null;
        foreach (var (name, options) in OtherMethods)
        {
            if (Compare(Resize(original, scale, fit, options), low) is { } difference && difference.Psnr > psnr)
            {
                (closest, psnr) = (name, difference.Psnr);
            }
        }

        return closest;
    }

    private static PixelDifference? Compare(ImageBuffer made, ImageBuffer low)
    {
        if (made.SampleType != low.SampleType || low.SampleType == SampleType.Float32)
        {
            return null;
        }

        // A gray original is often published with a low-resolution image of three equal channels.
        return made.Color == low.Color ? PixelDifference.Measure(made, low)
            : (made.Color, low.Color) == (ColorModel.Gray, ColorModel.Rgb) ? PixelDifference.Measure(ColorChannels.Replicate(made), low)
            : null;
    }
}
