using System.Globalization;
using System.Text;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports;
using SuperRes.Metrics;
using SuperRes.ModelFiles;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>A shipped model's card in Markdown: what it is, what it was trained on, what it reaches, and how to make it again.</summary>
internal static class ModelCard
{
    private const string Beginning = "| | |\n|---|---|\n| network | ";

    /// <summary>Whether a text is a card, perhaps with words of somebody's added.</summary>
    public static bool IsOne(string text) => text.ReplaceLineEndings("\n").Contains(Beginning, StringComparison.Ordinal);

    public static string Write(Model model, PackMeasurement measurement, IReadOnlyList<PackTrack> tracks, IReadOnlyList<string> selections, string? recipe)
    {
        var analysis = new GraphAnalysis(model.Graph);
        var text = new StringBuilder();
        Line(text, $"# {model.Name}\n");
        Line(text, $"{Beginning}`{model.Options.ToJson()}` |");
        Line(text, $"| parameters | {analysis.TrainableCount:N0}, stored as {(model.Info.Precision == WeightPrecision.Float16 ? "float16" : "float32")} |");
        Line(text, $"| work | {analysis.MacsPerInputPixel:N0} multiply-accumulates per pixel of the input |");
        Line(text, $"| receptive field | {analysis.ReceptiveField}{(analysis.WholeImageNodes.Count > 0 ? "; attention pools the whole image" : "")} |");
        Origin(text, model.Info);
        Line(text, $"| licence of the data | {model.Info.DataLicence ?? "not stated"} |");
        Line(text, $"\n## What it reaches\n");
        text.Append(Table(measurement));
        Line(text, $"\nDegradation: MATLAB's bicubic reduction. Protocols as in `docs/measuring.md`; intervals are 95 % bootstrap intervals of the mean over images.{string.Concat(selections.Select(selection => $" Of {selection}."))}");
        if (tracks.Count > 0)
        {
            Line(text, $"\n## What it reaches on other low-resolution images\n");
            text.Append(TrackTable(tracks));
            Line(text, $"\nProtocol `y`, ×{model.Options.Scale}; intervals are 95 % bootstrap intervals of the mean difference over images. Tracks as in `docs/data.md`.");
        }

        if (recipe is not null)
        {
            Line(text, $"\n## Make it again\n\n```sh\nsuperres train {recipe.Replace('\\', '/')}\n```");
            if (model.Info.Training is { } training)
            {
                Line(text, $"\nThe resolved recipe's SHA-256 is `{training.RecipeHash}`.");
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Origin(StringBuilder text, ModelInfo info)
    {
        if (info.Training is { } training)
        {
            Line(text, $"| trained | {training.Steps:N0} steps by SuperRes {training.CodeVersion}, recipe `{training.Recipe}`, seed {training.Seed}{(training.Initial is { } initial ? $", from the weights in `{initial}`" : "")} |");
            Line(text, $"| data | {string.Join(", ", training.Data)} |");
        }

        if (info.Blend is { } blend)
        {
            Line(text, $"| blend | {1 - blend.Share:0.##} of {blend.First} and {blend.Share:0.##} of {blend.Second} |");
        }
    }

    public static string Table(PackMeasurement measurement)
    {
        var text = new StringBuilder();
        var measured = measurement.Model.SelectMany(result => result.Others).Select(other => other.Protocol).ToHashSet();
        var protocols = Protocols.All.Select(protocol => protocol.Name).Where(name => name != Protocols.Y.Name && measured.Contains(name)).ToList();
        Line(text, $"| set | images | bicubic, `y` | **this model, `y`** | interval | gain | {string.Join(" | ", protocols.Select(name => $"`{name}`"))} |");
        Line(text, $"|---|---|---|---|---|---|{string.Concat(protocols.Select(_ => "---|"))}");
        foreach (var (model, bicubic) in measurement.Model.Zip(measurement.Bicubic))
        {
            Line(text, $"| {model.Dataset} {ReportText.Times(model.Scale)} | {model.Images.Count} | {Score(bicubic.Psnr, bicubic.Ssim)} | **{Score(model.Psnr, model.Ssim)}** | {ReportText.Interval(model.PsnrInterval, ReportText.Decibels)} | {ReportText.SignedDecibels(model.Psnr - bicubic.Psnr)} dB | {string.Join(" | ", protocols.Select(name => Score(model, name)))} |");
        }

        return text.ToString();
    }

    public static string TrackTable(IReadOnlyList<PackTrack> tracks)
    {
        var text = new StringBuilder();
        var hasOther = tracks[0].Rows.Any(row => row.Other is not null);
        Line(text, $"| track | set | bicubic | {(hasOther ? $"`{tracks[0].Reference}` | " : "")}**this model** | gain over `{tracks[0].Reference}` |");
        Line(text, $"|---|---|---|---|---|{(hasOther ? "---|" : "")}");
        foreach (var (track, row) in tracks.SelectMany(track => track.Rows.Select(row => (track, row))))
        {
            var score = Score(row.Model.Psnr, row.Model.Ssim);
            Line(text, $"| `{track.Name}` | {row.Model.Dataset} | {Score(row.Bicubic.Psnr, row.Bicubic.Ssim)} | {(row.Other is { } other ? $"{Score(other.Psnr, other.Ssim)} | " : "")}{(row.Gain?.Interval is { Low: > 0 } ? $"**{score}**" : score)} | {ReportText.SignedDecibels(row.Gain?.Mean)} dB {ReportText.Interval(row.Gain?.Interval, ReportText.SignedDecibels)} |");
        }

        return text.ToString();
    }

    private static string Score(EvaluationResult result, string protocol) =>
        result.Others.FirstOrDefault(other => other.Protocol == protocol) is { } score ? Score(score.Psnr, score.Ssim) : ReportText.None;

    private static string Score(double? psnr, double? ssim) => $"{ReportText.Decibels(psnr)} / {ReportText.Ssim(ssim)}";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
