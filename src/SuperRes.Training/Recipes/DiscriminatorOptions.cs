using SuperRes.Networks.Architectures;

namespace SuperRes.Training.Recipes;

/// <summary>SRGAN's discriminator; the side of its input follows from the patches.</summary>
public sealed record DiscriminatorOptions
{
    /// <summary>Channels of its first convolution; the last has eight times as many.</summary>
    public int Features { get; init; } = 64;

    /// <summary>Units of its first dense layer.</summary>
    public int DenseUnits { get; init; } = 1024;

    /// <summary>Its optimiser; the learning rate runs over the adversarial phase's steps. Its average is not used.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The network for patches of a side.</summary>
    internal SrganDiscriminatorOptions Network(int side) => new(side, Features, DenseUnits);
}
