using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>Adds noise to float images in [0, 1], gray noise to RGB ones only, and clips them to it.</summary>
internal static class SensorNoise
{
    /// <summary>Photons at white: the levels of an 8-bit image.</summary>
    private const double Photons = 256;

    /// <summary>Gaussian noise.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="sigma">Standard deviation, of a range of 1.</param>
    /// <param name="isGray">Whether all colours get the same.</param>
    public static void AddGaussian(ImageBuffer image, ref CounterRandom random, double sigma, bool isGray)
    {
        var samples = image.Samples<float>();
        var noise = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            noise = isGray && i % 3 != 0 ? noise : sigma * Normal(ref random);
            samples[i] = Math.Clamp((float)(samples[i] + noise), 0, 1);
        }
    }

    /// <summary>Shot noise: what is counted differs from what is expected as Poisson's distribution has it.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="strength">Factor on the difference.</param>
    /// <param name="isGray">Whether all colours get the same.</param>
    public static void AddShot(ImageBuffer image, ref CounterRandom random, double strength, bool isGray)
    {
        var samples = image.Samples<float>();
        var noise = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            if (!isGray || i % 3 == 0)
            {
                // BT.601's luma for gray noise.
                double expected = isGray ? (0.299 * samples[i]) + (0.587 * samples[i + 1]) + (0.114 * samples[i + 2]) : samples[i];
                noise = strength * ((Poisson(ref random, expected * Photons) / Photons) - expected);
            }

            samples[i] = Math.Clamp((float)(samples[i] + noise), 0, 1);
        }
    }

    /// <summary>Box and Muller 1958, one of the pair.</summary>
    private static double Normal(ref CounterRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextUnit())) * Math.Cos(2 * Math.PI * random.NextUnit());

    /// <summary>Knuth's product of uniforms for few, the normal approximation for many, where the two can't be told apart in 8 bits.</summary>
    private static double Poisson(ref CounterRandom random, double mean)
    {
        const double Many = 24;
        if (mean > Many)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(ref random))));
        }

        var (limit, product, count) = (Math.Exp(-mean), random.NextUnit(), 0);
        while (product > limit)
        {
            product *= random.NextUnit();
            count++;
        }

        return count;
    }
}
