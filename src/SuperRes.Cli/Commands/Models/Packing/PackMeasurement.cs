using SuperRes.Evaluation;
using SuperRes.Metrics;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Models.Packing;

/// <summary>A model beside bicubic and beside itself in half precision, at its own scale, on the same images.</summary>
/// <param name="Precision">How the model is stored: in half precision, unless that costs too much.</param>
/// <param name="Model">The results of the model as it is stored, a set each.</param>
/// <param name="Bicubic">Bicubic's, in the same order.</param>
/// <param name="HalfPrecisionLoss">How many dB (protocol y) half precision loses on the set where it loses most; at least 0.</param>
/// <param name="Environment">The machine that the times come from.</param>
internal sealed record PackMeasurement(
    WeightPrecision Precision, IReadOnlyList<EvaluationResult> Model, IReadOnlyList<EvaluationResult> Bicubic, double HalfPrecisionLoss, EvaluationEnvironment Environment)
{
    /// <summary>The model, itself in half precision, and bicubic.</summary>
    public const int ModelCount = 3;

    /// <summary>Half precision may cost so much on no set, in dB under protocol y.</summary>
    public const double LargestLoss = 0.001;

    private const string FullName = "float32";
    private const string HalfName = "float16";
    public const string BicubicName = "bicubic";

    /// <summary>The model's scores as its file tells them: every set and protocol, without those that are no finite numbers, which a file can't hold.</summary>
    public IReadOnlyList<ModelScore> Scores =>
        [.. Model.SelectMany(result => result.Others
            .Where(other => other.Protocol != Protocols.Y.Name)
            .Select(other => new ModelScore(result.Dataset, result.Scale, other.Protocol, Digits(other.Psnr, 4), Digits(other.Ssim, 6)))
            .Prepend(new ModelScore(result.Dataset, result.Scale, Protocols.Y.Name, Digits(result.Psnr, 4), Digits(result.Ssim, 6))))
            .Where(score => double.IsFinite(score.Psnr) && double.IsFinite(score.Ssim))];

    /// <exception cref="CommandLine.CommandException">An image can't be measured.</exception>
    public static PackMeasurement Take(
        Model model, IReadOnlyList<IEvaluationSet> sets, MethodOptions options, IProgress<EvaluationProgress> progress, CancellationToken cancellationToken)
    {
        using var full = new NetworkMethod(model, options);
        using var half = new NetworkMethod(InHalfPrecision(model), options);
        using var bicubic = UpscalingMethods.Load(BicubicName, options);
        EvaluationModel[] models =
        [
            EvaluationModel.From(new Upscaler(full), name: FullName),
            EvaluationModel.From(new Upscaler(half), name: HalfName),
            EvaluationModel.From(new Upscaler(bicubic)),
        ];
        var evaluation = new EvaluationOptions { Scales = [model.Options.Scale], OtherProtocols = Protocols.All, FiguresPerSet = 0 };
        var report = Run(models, sets, evaluation, progress, cancellationToken);
        var (ofFull, ofHalf) = (Of(report, FullName), Of(report, HalfName));
        var loss = ofFull.Zip(ofHalf, (exact, rounded) => Loss(exact.Psnr, rounded.Psnr)).Append(0).Max();
        return loss < LargestLoss
            ? new PackMeasurement(WeightPrecision.Float16, ofHalf, Of(report, BicubicName), loss, report.Environment)
            : new PackMeasurement(WeightPrecision.Float32, ofFull, Of(report, BicubicName), loss, report.Environment);
    }

    /// <exception cref="CommandLine.CommandException">An image can't be measured.</exception>
    public static EvaluationReport Run(
        IReadOnlyList<EvaluationModel> models, IReadOnlyList<IEvaluationSet> sets, EvaluationOptions options, IProgress<EvaluationProgress> progress, CancellationToken cancellationToken)
    {
        var report = new Evaluator(options).Run(models, sets, progress, cancellationToken).Report;
        return report.Results.SelectMany(result => result.Failures).FirstOrDefault() is { } failure
            ? throw CommandLine.CommandException.Failed($"{failure.Name}: {failure.Error}")
            : report;
    }

    private static List<EvaluationResult> Of(EvaluationReport report, string name) => [.. report.Results.Where(result => result.Model == name)];

    /// <summary>The model as it is read from its file.</summary>
    public static Model InHalfPrecision(Model model)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(model, stream, WeightPrecision.Float16);
        stream.Position = 0;
        return ModelFile.Load(stream, model.Name);
    }

    /// <summary>Two perfect results are alike, although their difference is no number.</summary>
    private static double Loss(double? exact, double? rounded) => exact == rounded ? 0 : (exact - rounded) ?? 0;

    private static double Digits(double? value, int digits) => Math.Round(value ?? double.NaN, digits);
}
