namespace SuperRes.Networks;

/// <summary>How the values of a new parameter are drawn.</summary>
public abstract record Initializer
{
    private Initializer()
    {
    }

    /// <summary>Every value the same.</summary>
    public sealed record Constant(float Value) : Initializer;

    /// <summary>Uniform in [-Bound, Bound).</summary>
    public sealed record Uniform(float Bound) : Initializer;

    /// <summary>Normal with mean 0, cut at two standard deviations: what is drawn has 0.88 of the deviation.</summary>
    public sealed record Normal(float StandardDeviation) : Initializer;

    /// <summary>
    /// The bilinear kernel on the diagonal (o = i) of a transposed convolution's [I, O, Kh, Kw] weight, so that the
    /// layer starts as bilinear upsampling (Long et al. 2015, arXiv:1411.4038, section 4.3).
    /// </summary>
    public sealed record Bilinear : Initializer;

    /// <summary>All zero.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All one.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>
    /// PyTorch's default for convolution and linear layers, weight and bias alike: uniform with bound 1 / sqrt(fan-in)
    /// (He et al. 2015 with a = sqrt(5), which is what EDSR's and SRResNet's published code trained from).
    /// </summary>
    public static Initializer FanIn(int fanIn) => new Uniform(1 / MathF.Sqrt(fanIn));

    /// <summary>
    /// He et al. 2015 (arXiv:1502.01852) for layers followed by a (leaky) ReLU: normal with deviation sqrt(2 / ((1 + slope²) fan-in)),
    /// cut at two deviations and not stretched again, which leaves 0.88 of it: a new network begins with a smaller signal than theirs.
    /// </summary>
    public static Initializer He(int fanIn, float negativeSlope = 0) =>
        new Normal(MathF.Sqrt(2 / ((1 + (negativeSlope * negativeSlope)) * fanIn)));
}
