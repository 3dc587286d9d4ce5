namespace SuperRes.Training.Optimization;

/// <summary>
/// One step of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101; Adam, Kingma and Ba 2015, arXiv:1412.6980, where
/// <see cref="WeightDecay"/> is 0), with bias correction, and of the weights' moving average.
/// </summary>
public readonly record struct OptimizerStep
{
    /// <summary>The step's number, from 1: the bias correction's exponent.</summary>
    public required long Step { get; init; }

    /// <summary>This step's learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the square root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay: each step takes <c>LearningRate * WeightDecay</c> of a weight away.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Factor on every gradient before it is used: below 1 where the norm was clipped.</summary>
    public double GradientScale { get; init; } = 1;

    /// <summary>Decay of the moving average of the weights; 0 makes it the weights themselves.</summary>
    public double AverageDecay { get; init; }

    /// <summary>With the defaults of the Adam paper.</summary>
    public OptimizerStep()
    {
    }
}
