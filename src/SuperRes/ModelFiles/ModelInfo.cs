namespace SuperRes.ModelFiles;

/// <summary>What a model file says of its weights beside the network itself. Everything may be unknown.</summary>
/// <param name="Name">What to call the model: <c>edsr-x4</c>.</param>
/// <param name="DataLicence">Licence of the training data, and with it what the weights may be used for: <c>CC0-1.0</c>.</param>
/// <param name="Training">How the weights were trained; null for those that weren't.</param>
/// <param name="InitialSeed">The seed of weights that are still as they were drawn; null for trained ones.</param>
/// <param name="Blend">The two models that the weights were interpolated from; null for others.</param>
/// <param name="Scores">Measurements, where there are some.</param>
/// <param name="Precision">How the file stores the weights.</param>
public sealed record ModelInfo(
    string? Name = null,
    string? DataLicence = null,
    TrainingProvenance? Training = null,
    ulong? InitialSeed = null,
    ModelBlend? Blend = null,
    IReadOnlyList<ModelScore>? Scores = null,
    WeightPrecision Precision = WeightPrecision.Float32)
{
    /// <summary>The same, with the measurements at one scale only.</summary>
    internal ModelInfo At(int scale) => this with { Scores = Scores?.Where(score => score.Scale == scale).ToList() };
}
