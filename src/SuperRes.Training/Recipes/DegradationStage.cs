namespace SuperRes.Training.Recipes;

/// <summary>One pass of blur, resizing, noise and JPEG. Ranges are two numbers, and a value is drawn evenly between them. The defaults are Real-ESRGAN's first stage.</summary>
public sealed record DegradationStage
{
    /// <summary>Probability of a blur.</summary>
    public double Blur { get; init; } = 1;

    /// <summary>Standard deviations of the blur's axes, in pixels of the image at hand.</summary>
    public IReadOnlyList<double> BlurSigma { get; init; } = [0.2, 3];

    /// <summary>Probability that a blur is a sinc filter in place of a Gaussian or its relatives.</summary>
    public double Sinc { get; init; } = 0.1;

    /// <summary>Probability that the image is enlarged.</summary>
    public double Enlarge { get; init; } = 0.2;

    /// <summary>Probability that it is reduced; what is left of 1 keeps its size.</summary>
    public double Reduce { get; init; } = 0.7;

    /// <summary>Smallest and largest factor of the size, below and above 1; in the first stage of the high resolution, later of the low one.</summary>
    public IReadOnlyList<double> Resize { get; init; } = [0.15, 1.5];

    /// <summary>Standard deviation of Gaussian noise, in levels of 255; [0, 0] for none.</summary>
    public IReadOnlyList<double> Noise { get; init; } = [1, 30];

    /// <summary>Strength of shot (Poisson) noise, 1 for that of 256 photons at white; [0, 0] for none.</summary>
    public IReadOnlyList<double> ShotNoise { get; init; } = [0.05, 3];

    /// <summary>Probability that the noise is shot noise rather than Gaussian.</summary>
    public double Shot { get; init; } = 0.5;

    /// <summary>Probability that the noise is the same in all colours.</summary>
    public double GrayNoise { get; init; } = 0.4;

    /// <summary>JPEG's quality, 1 to 100; an empty list for no JPEG.</summary>
    public IReadOnlyList<double> Jpeg { get; init; } = [30, 95];
}
