using SuperRes.Training.Recipes;

namespace SuperRes.Training.Optimization;

/// <summary>The optimiser's steps in one phase of a run: pure functions of the step.</summary>
/// <param name="options">The phase's optimiser.</param>
/// <param name="first">The phase's first step, counted over the run.</param>
/// <param name="count">Steps of the phase.</param>
internal sealed class OptimizerSteps(OptimizerOptions options, long first, long count)
{
    public double LearningRate(long step) => options.LearningRate.At(step - first + 1, count);

    /// <param name="step">Counted over the run.</param>
    /// <param name="norm">Norm of the gradients.</param>
    public OptimizerStep At(long step, double norm)
    {
        var local = step - first + 1;
        return new OptimizerStep
        {
            Step = local,
            LearningRate = LearningRate(step),
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            WeightDecay = options.WeightDecay,
            GradientScale = options.ClipNorm > 0 && norm > options.ClipNorm ? options.ClipNorm / norm : 1,

            // The average starts with the weights' first steps, not with the random weights: a decay that grows to its
            // value, as in TensorFlow's ExponentialMovingAverage.
            AverageDecay = Math.Min(options.AverageDecay, (1.0 + local) / (10 + local)),
        };
    }
}
