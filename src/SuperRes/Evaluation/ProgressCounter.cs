namespace SuperRes.Evaluation;

/// <summary>Counts measurements and tells the caller.</summary>
internal sealed class ProgressCounter(int total, IProgress<EvaluationProgress>? progress)
{
    private int _done;

    public void Report(string dataset, int scale, string image, string model, double? psnr)
    {
        _done++;
        progress?.Report(new EvaluationProgress(_done, total, dataset, scale, image, model, psnr));
    }
}
