namespace SuperRes.Training.Trainers;

/// <summary>What came of one step.</summary>
/// <param name="Loss">The generator's loss: the sum of the recipe's losses.</param>
/// <param name="GradientNorm">Norm of the generator's gradients, before clipping.</param>
/// <param name="LearningRate">The generator's.</param>
/// <param name="Parts">The losses one by one; the discriminator's too, where there is one.</param>
internal sealed record StepOutcome(double Loss, double GradientNorm, double LearningRate, IReadOnlyDictionary<string, double> Parts)
{
    /// <summary>Gradients whose squares float32 can't hold make second moments infinite, which freezes what they belong to.</summary>
    private const double LargestNorm = 1e18;

    /// <summary>Whether the step may count.</summary>
    public bool IsFinite => double.IsFinite(Loss) && GradientNorm < LargestNorm;
}
