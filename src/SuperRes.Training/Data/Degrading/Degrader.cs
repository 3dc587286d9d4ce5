using SuperRes.Imaging.Data.Degrading;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Data.Degrading;

/// <summary>Makes degraded low-resolution patches: pure functions of the seed and the patch's number. Safe for several threads.</summary>
/// <param name="options">What may happen to a patch.</param>
/// <param name="scale">The network's scale.</param>
/// <param name="seed">The run's seed.</param>
public sealed class Degrader(DegradationOptions options, int scale, ulong seed)
{
    private const ulong Stream = 3;

    /// <summary>Low-resolution pixels around a patch that are degraded with it, so that filters and JPEG's blocks don't end at its edge.</summary>
    private const int Margin = 8;

    /// <summary>
    /// Pixels that JPEG's blocks of colour cover where it has half the resolution; those of luma cover half as many. So many
    /// margins are drawn from: were the blocks always to begin at a patch's edge, a network could tell where they are by how
    /// far it is from there, and would look for them in the wrong places of a whole photo.
    /// </summary>
    private const int Block = 16;

    private const int SmallestSide = 8;

    private static readonly ResizeKernel[] Kernels = [ResizeKernel.Box, ResizeKernel.Bilinear, ResizeKernel.Bicubic];

    /// <summary>The low-resolution patch.</summary>
    /// <param name="image">The whole high-resolution image, 8-bit RGB.</param>
    /// <param name="x">The patch's left edge, in low-resolution pixels.</param>
    /// <param name="y">Its top edge.</param>
    /// <param name="side">Its side.</param>
    /// <param name="index">Its number in the run.</param>
    /// <returns>side x side, 8-bit RGB, not turned.</returns>
    public ImageBuffer Patch(ImageBuffer image, int x, int y, int side, long index)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new CounterRandom(seed, Stream, (ulong)index);
        var (left, top) = (Math.Max(0, x - Margin - random.Next(Block)), Math.Max(0, y - Margin - random.Next(Block)));
        var (right, bottom) = (Math.Min(image.Width / scale, x + side + Margin), Math.Min(image.Height / scale, y + side + Margin));
        var region = image.Crop(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale);
        return Degrade(region, ref random).Crop(x - left, y - top, side, side);
    }

    private ImageBuffer Degrade(ImageBuffer region, ref CounterRandom random)
    {
        var (width, height) = (region.Width / scale, region.Height / scale);
        var image = region.ConvertTo(SampleType.Float32, maxThreads: 1);
        for (var i = 0; i < options.Stages.Count; i++)
        {
            var stage = options.Stages[i];
            image = Blur(image, stage, ref random);
            image = Resize(image, i == 0 ? (region.Width, region.Height) : (width, height), stage, ref random);
            AddNoise(image, stage, ref random);
            if (i < options.Stages.Count - 1)
            {
                image = Compress(image, stage, ref random);
            }
        }

        // JPEG at the end as photos are saved, or before a last reduction as they are passed on.
        var last = options.Stages[^1];
        image = random.Next(2) == 0
            ? Compress(Reduce(image, width, height, ref random), last, ref random)
            : Reduce(Compress(image, last, ref random), width, height, ref random);
        return ToBytes(image);
    }

    private static ImageBuffer Blur(ImageBuffer image, DegradationStage stage, ref CounterRandom random)
    {
        if (random.NextUnit() >= stage.Blur)
        {
            return image;
        }

        return PlaneFilter.Apply(image, random.NextUnit() < stage.Sinc ? BlurKernel.DrawSinc(ref random) : BlurKernel.Draw(ref random, stage.BlurSigma[0], stage.BlurSigma[1]));
    }

    private ImageBuffer Resize(ImageBuffer image, (int Width, int Height) reference, DegradationStage stage, ref CounterRandom random)
    {
        var (choice, place) = (random.NextUnit(), random.NextUnit());
        var factor = choice < stage.Enlarge ? 1 + ((stage.Resize[1] - 1) * place)
            : choice < stage.Enlarge + stage.Reduce ? stage.Resize[0] + ((1 - stage.Resize[0]) * place)
            : 1;
        var (width, height) = (Side(reference.Width * factor), Side(reference.Height * factor));
        return (width, height) == (image.Width, image.Height) ? image : Clip(MatlabResize.ToSize(image, width, height, Method(ref random)));
    }

    private static int Side(double length) => Math.Max(SmallestSide, (int)Math.Round(length));

    private static void AddNoise(ImageBuffer image, DegradationStage stage, ref CounterRandom random)
    {
        var isShot = random.NextUnit() < stage.Shot;
        var isGray = random.NextUnit() < stage.GrayNoise;
        var range = isShot ? stage.ShotNoise : stage.Noise;
        var strength = range[0] + ((range[1] - range[0]) * random.NextUnit());
        if (strength == 0)
        {
            return;
        }

        if (isShot)
        {
            SensorNoise.AddShot(image, ref random, strength, isGray);
        }
        else
        {
            SensorNoise.AddGaussian(image, ref random, strength / byte.MaxValue, isGray);
        }
    }

    private static ImageBuffer Compress(ImageBuffer image, DegradationStage stage, ref CounterRandom random)
    {
        if (stage.Jpeg.Count == 0)
        {
            return image;
        }

        var quality = (int)Math.Round(stage.Jpeg[0] + ((stage.Jpeg[1] - stage.Jpeg[0]) * random.NextUnit()));
        return JpegCompression.Apply(ToBytes(image), quality).ConvertTo(SampleType.Float32, maxThreads: 1);
    }

    private ImageBuffer Reduce(ImageBuffer image, int width, int height, ref CounterRandom random)
    {
        var low = (width, height) == (image.Width, image.Height) ? image : Clip(MatlabResize.ToSize(image, width, height, Method(ref random)));
        return random.NextUnit() < options.FinalSinc ? Clip(PlaneFilter.Apply(low, BlurKernel.DrawSinc(ref random))) : low;
    }

    private ResizeOptions Method(ref CounterRandom random)
    {
        var kernel = Kernels[random.Next(Kernels.Length)];
        return ResizeOptions.Default with { Kernel = kernel, Antialias = options.Antialias || kernel == ResizeKernel.Box, MaxThreads = 1 };
    }

    /// <summary>Cubic interpolation and rings overshoot.</summary>
    private static ImageBuffer Clip(ImageBuffer image)
    {
        foreach (ref var sample in image.Samples<float>())
        {
            sample = Math.Clamp(sample, 0, 1);
        }

        return image;
    }

    private static ImageBuffer ToBytes(ImageBuffer image) => image.ConvertTo(SampleType.UInt8, maxThreads: 1);
}
