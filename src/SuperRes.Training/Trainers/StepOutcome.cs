namespace SuperRes.Training.Trainers;

/// <summary>What came of one step.</summary>
/// <param name="Loss">The generator's loss: the sum of the recipe's losses.</param>
/// <param name="GradientNorm">Norm of the generator's gradients, before clipping.</param>
/// <param name="LearningRate">The generator's.</param>
/// <param name="Parts">The losses one by one; the discriminator's too, where there is one.</param>
internal sealed record StepOutcome(double Loss, double GradientNorm, double LearningRate, IReadOnlyDictionary<string, double> Parts)
{
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);
}
