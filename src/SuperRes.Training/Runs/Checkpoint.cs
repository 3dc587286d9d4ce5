namespace SuperRes.Training.Runs;

/// <summary>Where a run can go on from, bit for bit. Sampler and learning rate are functions of the step, so there is nothing else to keep.</summary>
/// <param name="Step">The last finished step.</param>
/// <param name="Networks">Weights and optimiser state by role: <c>generator</c>, and for adversarial training <c>discriminator</c>.</param>
/// <param name="Skipped">Batches that were left out because they were not finite.</param>
public sealed record Checkpoint(long Step, IReadOnlyDictionary<string, NetworkState> Networks, long Skipped = 0)
{
    /// <summary>The role of the network that a run trains.</summary>
    public const string Generator = "generator";

    /// <summary>The role of its adversary.</summary>
    public const string Discriminator = "discriminator";
}
