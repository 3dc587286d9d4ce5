using SuperRes.Evaluation;
using SuperRes.Evaluation.Statistics;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>A model on another kind of low-resolution images, beside bicubic and perhaps another model.</summary>
/// <param name="Name">The track: <c>bicubic-jpeg75</c>, <c>mild</c>.</param>
/// <param name="Reference">The name of what the gains are over: the other model, or bicubic.</param>
/// <param name="Rows">A set each.</param>
internal sealed record PackTrack(string Name, string Reference, IReadOnlyList<PackTrack.Row> Rows)
{
    private const string Own = "this model";

    /// <summary>The results on one set.</summary>
    /// <param name="Model">The model's.</param>
    /// <param name="Bicubic">Bicubic's.</param>
    /// <param name="Other">The other model's; null where the gain is over bicubic.</param>
    /// <param name="Gain">Of the model's PSNR over the reference's, dB; null without an image of finite PSNR.</param>
    public sealed record Row(EvaluationResult Model, EvaluationResult Bicubic, EvaluationResult? Other, PairedDifference? Gain);

    /// <summary>Measures a model.</summary>
    /// <param name="name">The track.</param>
    /// <param name="sets">The sets on that track.</param>
    /// <param name="model">The model as it is stored; not disposed.</param>
    /// <param name="bicubic">Bicubic; not disposed.</param>
    /// <param name="other">Another model, or null; not disposed.</param>
    /// <param name="scale">The scale to measure at.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CommandLine.CommandException">An image can't be measured.</exception>
    public static PackTrack Take(
        string name, IReadOnlyList<IEvaluationSet> sets, Upscaler model, Upscaler bicubic, Upscaler? other, int scale, IProgress<EvaluationProgress> progress, CancellationToken cancellationToken)
    {
        // Its own name may be the other's, of an earlier training.
        EvaluationModel[] models = [EvaluationModel.From(model, name: Own), EvaluationModel.From(bicubic), .. other is null ? (EvaluationModel[])[] : [EvaluationModel.From(other)]];
        var reference = models[^1].Name;
        var options = new EvaluationOptions { Scales = [scale], Baseline = reference, OtherProtocols = [], FiguresPerSet = 0 };
        var report = PackMeasurement.Run(models, sets, options, progress, cancellationToken);
        EvaluationResult Of(string dataset, string name) => report.Results.Single(result => result.Dataset == dataset && result.Model == name);
        return new PackTrack(name, reference, [.. sets.Select(set => new Row(
            Of(set.Name, models[0].Name),
            Of(set.Name, models[1].Name),
            other is null ? null : Of(set.Name, reference),
            report.Comparisons.Single(comparison => comparison.Dataset == set.Name && comparison.Model == models[0].Name).Psnr))]);
    }
}
