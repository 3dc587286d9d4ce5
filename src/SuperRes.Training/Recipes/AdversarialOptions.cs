using SuperRes.Training.Losses;

namespace SuperRes.Training.Recipes;

/// <summary>The second phase of a run, in which a discriminator takes part. What stands beside it in the recipe is for the first.</summary>
public sealed record AdversarialOptions
{
    /// <summary>Steps of the first phase, on the recipe's own losses; the rest of the run is adversarial. 0 for a run that starts from trained weights.</summary>
    public required long Pretraining { get; init; }

    /// <summary>The generator's losses in this phase. SRGAN's are <c>vgg</c> and <c>adversarial</c>.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [new FeatureMatchingLoss(), new AdversarialLoss { Weight = 1e-3 }];

    /// <summary>The generator's optimiser in this phase; its learning rate runs over the phase's own steps.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The discriminator.</summary>
    public DiscriminatorOptions Discriminator { get; init; } = new();
}
