using SuperRes.Training.Optimization;

namespace SuperRes.Training.Recipes;

/// <summary>Adam, or AdamW where the weight decay is not 0.</summary>
public sealed record OptimizerOptions
{
    /// <summary>Learning rate over the run.</summary>
    public LearningRateSchedule LearningRate { get; init; } = new CosineSchedule();

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest norm of all gradients together; larger ones are scaled down to it. 0 for no limit.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Decay of the exponential moving average of the weights, which is what is evaluated and shipped; 0 for none.</summary>
    public double AverageDecay { get; init; } = 0.999;
}
