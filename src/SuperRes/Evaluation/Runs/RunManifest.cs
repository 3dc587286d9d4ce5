namespace SuperRes.Evaluation.Runs;

/// <summary>What a run was started with, beside its recipe: <c>run.json</c>.</summary>
/// <param name="Started">When, in UTC.</param>
/// <param name="CodeVersion">Version of the program.</param>
/// <param name="DataHash">SHA-256 of the training images' names and contents.</param>
/// <param name="Images">Names of the training images.</param>
/// <param name="Machine">Operating system, processor architecture, processors and vector width.</param>
/// <param name="Inputs">SHA-256 of what else the run reads, by path: weights to start from, and of loss networks.</param>
/// <param name="Device">Where it was started, such as cpu or cuda:0; null in runs of earlier versions. A resume may be elsewhere.</param>
public sealed record RunManifest(
    DateTimeOffset Started, string CodeVersion, string DataHash, IReadOnlyList<string> Images, string Machine, IReadOnlyDictionary<string, string>? Inputs = null, string? Device = null);
