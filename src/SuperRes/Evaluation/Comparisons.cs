using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation;

/// <summary>Compares models on the images that they share.</summary>
internal static class Comparisons
{
    /// <summary>Every result against the baseline's of the same data set and scale, in the results' order.</summary>
    public static IReadOnlyList<ModelComparison> Against(string baseline, IReadOnlyList<EvaluationResult> results, BootstrapOptions bootstrap) =>
        [.. from result in results
            where result.Model != baseline
            from other in results
            where other.Model == baseline && other.Dataset == result.Dataset && other.Scale == result.Scale
            select Compare(result, other, bootstrap)];

    private static ModelComparison Compare(EvaluationResult model, EvaluationResult baseline, BootstrapOptions bootstrap)
    {
        var pairs = model.Images.Join(baseline.Images, image => image.Name, image => image.Name, (a, b) => (Model: a, Baseline: b), StringComparer.Ordinal).ToArray();
        return new ModelComparison
        {
            Model = model.Model,
            Baseline = baseline.Model,
            Dataset = model.Dataset,
            Scale = model.Scale,
            Psnr = PairedDifference.Of([.. pairs.Select(pair => pair.Model.Psnr)], [.. pairs.Select(pair => pair.Baseline.Psnr)], bootstrap),
            Ssim = PairedDifference.Of([.. pairs.Select(pair => pair.Model.Ssim)], [.. pairs.Select(pair => pair.Baseline.Ssim)], bootstrap),
        };
    }
}
