namespace SuperRes.Training;

/// <summary>Which gradients a backward pass is to find.</summary>
[Flags]
public enum GradientTargets
{
    /// <summary>Those of the parameters, to train them.</summary>
    Parameters = 1,

    /// <summary>That of the input, to train what produced it (through a discriminator or a frozen loss network).</summary>
    Input = 2,
}
