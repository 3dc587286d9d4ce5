using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;

namespace SuperRes.Evaluation;

/// <summary>Collects one model's scores of one data set and scale, and takes their means.</summary>
internal sealed class ResultBuilder(EvaluationModel model, IEvaluationSet set, int scale)
{
    private readonly List<MeasuredImage> _images = [];
    private readonly List<ImageFailure> _failures = [];

    /// <param name="name">The image.</param>
    /// <param name="ms">Milliseconds that it took.</param>
    /// <param name="scores">One per protocol, the report's own first; of the others null where a protocol does not apply to the image.</param>
    public void Add(string name, double ms, IReadOnlyList<QualityScore?> scores) => _images.Add(new MeasuredImage(name, ms, scores));

    public void Fail(string image, string error) => _failures.Add(new ImageFailure(image, error));

    public EvaluationResult Build(IReadOnlyList<Protocol> protocols, BootstrapOptions bootstrap)
    {
        var main = Mean(protocols[0], 0, bootstrap);
        return new EvaluationResult
        {
            Model = model.Name,
            Dataset = set.Name,
            Track = set.Track,
            Scale = scale,
            Psnr = main?.Psnr,
            PsnrInterval = main?.PsnrInterval,
            Ssim = main?.Ssim,
            SsimInterval = main?.SsimInterval,
            PsnrPrintedPeak = main?.PsnrPrintedPeak,
            PsnrGrayDirect = main?.PsnrGrayDirect,
            Parameters = model.ParameterCount,
            WeightsHash = model.WeightsHash,
            Ms = main is null ? null : Sample.Mean([.. _images.Select(image => image.Ms)]),
            Images = [.. _images.Select(image => image.ToResult(protocols))],
            Failures = _failures,
            Others = [.. protocols.Skip(1).Select((protocol, index) => Mean(protocol, index + 1, bootstrap)).OfType<ProtocolScore>()],
        };
    }

    private ProtocolScore? Mean(Protocol protocol, int index, BootstrapOptions bootstrap)
    {
        var scores = _images.Select(image => image.Scores[index]).OfType<QualityScore>().ToArray();
        if (scores.Length == 0)
        {
            return null;
        }

        double[] psnr = [.. scores.Select(score => score.Psnr)];
        double[] ssim = [.. scores.Select(score => score.Ssim)];
        return new ProtocolScore
        {
            Protocol = protocol.Name,
            Images = scores.Length,
            Psnr = Sample.Mean(psnr),
            PsnrInterval = Bootstrap.OfMean(psnr, bootstrap),
            Ssim = Sample.Mean(ssim),
            SsimInterval = Bootstrap.OfMean(ssim, bootstrap),
            PsnrPrintedPeak = MeanOfVariant(scores, score => score.PsnrPrintedPeak),
            PsnrGrayDirect = MeanOfVariant(scores, score => score.PsnrGrayDirect),
        };
    }

    /// <summary>Mean with the variant taken where an image has it and PSNR elsewhere; null where no image has it.</summary>
    private static double? MeanOfVariant(QualityScore[] scores, Func<QualityScore, double?> variant) =>
        scores.Any(score => variant(score) is not null)
            ? Sample.Mean([.. scores.Select(score => variant(score) ?? score.Psnr)])
            : null;

    private sealed record MeasuredImage(string Name, double Ms, IReadOnlyList<QualityScore?> Scores)
    {
        public ImageResult ToResult(IReadOnlyList<Protocol> protocols)
        {
            var main = Scores[0]!.Value;
            return new ImageResult
            {
                Name = Name,
                Psnr = main.Psnr,
                Ssim = main.Ssim,
                PsnrPrintedPeak = main.PsnrPrintedPeak,
                PsnrGrayDirect = main.PsnrGrayDirect,
                Ms = Ms,
                Others = [.. protocols.Zip(Scores).Skip(1).Select(pair => Other(pair.First, pair.Second)).OfType<ProtocolScore>()],
            };
        }

        private static ProtocolScore? Other(Protocol protocol, QualityScore? score) => score is { } known
            ? new ProtocolScore
            {
                Protocol = protocol.Name,
                Psnr = known.Psnr,
                Ssim = known.Ssim,
                PsnrPrintedPeak = known.PsnrPrintedPeak,
                PsnrGrayDirect = known.PsnrGrayDirect,
            }
            : null;
    }
}
