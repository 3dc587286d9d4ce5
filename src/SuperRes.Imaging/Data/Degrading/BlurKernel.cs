namespace SuperRes.Imaging.Data.Degrading;

/// <summary>
/// The filters of Real-ESRGAN (arXiv:2107.10833, section 3.1 and 3.4): Gaussians, round or stretched in any direction,
/// their generalised and flat-topped relatives (Liu et al. 2020), and the circular low-pass that rings.
/// </summary>
/// <param name="Side">Odd.</param>
/// <param name="Weights">Row by row; their sum is 1.</param>
internal sealed record BlurKernel(int Side, float[] Weights)
{
    private const int LargestRadius = 10;
    private const double RoundShare = 0.6;
    private const double GaussianShare = 0.7;
    private const double GeneralisedShare = 0.15;

    /// <summary>A round Gaussian, sampled at the pixels' centres up to four standard deviations away.</summary>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public static BlurKernel Gaussian(double sigma) =>
        Create((int)Math.Ceiling(4 * sigma), (x, y) => Math.Exp(-((x * x) + (y * y)) / (2 * sigma * sigma)));

    /// <summary>A filter with random shape, direction and, per axis, standard deviation.</summary>
    public static BlurKernel Draw(ref CounterRandom random, double least, double most)
    {
        var radius = 3 + random.Next(LargestRadius - 2);
        var first = least + ((most - least) * random.NextUnit());
        var isRound = random.NextUnit() < RoundShare;
        var second = isRound ? first : least + ((most - least) * random.NextUnit());
        var angle = isRound ? 0 : Math.PI * random.NextUnit();
        var (kind, beta) = (random.NextUnit(), random.NextUnit());
        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        return Create(radius, (x, y) =>
        {
            var (u, v) = (((cos * x) + (sin * y)) / first, ((cos * y) - (sin * x)) / second);
            var distance = (u * u) + (v * v);
            return kind < GaussianShare ? Math.Exp(-distance / 2)
                : kind < GaussianShare + GeneralisedShare ? Math.Exp(-Math.Pow(distance, 0.5 + (3.5 * beta)) / 2)
                : 1 / (1 + Math.Pow(distance, 1 + beta));
        });
    }

    /// <summary>A low-pass with a sharp edge at a random frequency.</summary>
    public static BlurKernel DrawSinc(ref CounterRandom random)
    {
        var radius = 3 + random.Next(LargestRadius - 2);
        var lowest = radius < 6 ? Math.PI / 3 : Math.PI / 5;
        var cutoff = lowest + ((Math.PI - lowest) * random.NextUnit());
        return Create(radius, (x, y) =>
        {
            var distance = Math.Sqrt((x * x) + (y * y));
            return distance == 0 ? cutoff * cutoff / (4 * Math.PI) : cutoff * BesselJ1(cutoff * distance) / (2 * Math.PI * distance);
        });
    }

    /// <summary>J1 from its integral over a period, on which equal steps converge at once where they are more than the argument.</summary>
    internal static double BesselJ1(double x)
    {
        const int Steps = 96;
        double sum = 0;
        for (var i = 0; i < Steps; i++)
        {
            var t = 2 * Math.PI * i / Steps;
            sum += Math.Cos(t - (x * Math.Sin(t)));
        }

        return sum / Steps;
    }

    private static BlurKernel Create(int radius, Func<double, double, double> weight)
    {
        var side = (2 * radius) + 1;
        var values = new double[side * side];
        for (var i = 0; i < values.Length; i++)
        {
            var (y, x) = Math.DivRem(i, side);
            values[i] = weight(x - radius, y - radius);
        }

        var sum = values.Sum();
        return new BlurKernel(side, [.. values.Select(value => (float)(value / sum))]);
    }
}
