using System.Text.Json;
using SuperRes.Evaluation.Runs;

namespace SuperRes.Studio.Results;

/// <summary>What there is to browse.</summary>
/// <param name="Reports">Reports, newest first.</param>
/// <param name="Runs">Training runs, newest first.</param>
internal sealed record ResultsView(IReadOnlyList<ReportSummary> Reports, IReadOnlyList<RunSummaryView> Runs);

/// <param name="Id">Names it in other requests.</param>
/// <param name="Name">Its folder, from the root on.</param>
/// <param name="Kind">evaluate or ablate.</param>
/// <param name="Created">When it was written, UTC.</param>
internal sealed record ReportSummary(string Id, string Name, ReportKind Kind, DateTimeOffset Created);

/// <param name="Id">Names it in other requests.</param>
/// <param name="Name">Its folder, from the root on.</param>
/// <param name="State">running, stopped or finished.</param>
/// <param name="Step">The last step on record.</param>
/// <param name="Steps">Steps in all; 0 where the recipe does not say.</param>
/// <param name="Psnr">The best PSNR on the validation images, in dB; null before the first.</param>
internal sealed record RunSummaryView(string Id, string Name, RunState State, long Step, long Steps, double? Psnr);

/// <param name="Id">Names it in other requests.</param>
/// <param name="Name">Its folder, from the root on.</param>
/// <param name="Recipe">The recipe as resolved.</param>
/// <param name="Metrics">Records of the steps.</param>
/// <param name="Validation">Measurements on the validation images.</param>
/// <param name="State">running, stopped or finished.</param>
/// <param name="Files">Names of the files that can be fetched.</param>
internal sealed record RunView(
    string Id, string Name, JsonElement Recipe, IReadOnlyList<MetricsPoint> Metrics, IReadOnlyList<ValidationPoint> Validation, RunState State, IReadOnlyList<string> Files);

/// <summary>What is new in a run since the last event.</summary>
/// <param name="Metrics">Records of the steps.</param>
/// <param name="Validation">Measurements on the validation images.</param>
/// <param name="State">running, stopped or finished.</param>
internal sealed record RunNews(IReadOnlyList<MetricsPoint> Metrics, IReadOnlyList<ValidationPoint> Validation, RunState State);

internal enum ReportKind
{
    Evaluate,
    Ablate,
}
