using SuperRes.Evaluation;
using SuperRes.Evaluation.Statistics;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Metrics;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Pixels;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Upscaling;

namespace SuperRes.Training.Trainers;

/// <summary>Measures weights on the validation images as <c>superres evaluate</c> does.</summary>
internal sealed class Validator
{
    private readonly Recipe _recipe;
    private readonly IReadOnlyList<IEvaluationSet> _sets;
    private readonly Evaluator _evaluator;
    private readonly int _threads;

    /// <exception cref="Imaging.Data.DatasetException">The folder can't be opened.</exception>
    public Validator(Recipe recipe, int threads)
    {
        (_recipe, _threads) = (recipe, threads);
        var options = recipe.Validation;
        _sets = Open(options, recipe.Network.Scale);
        _evaluator = new Evaluator(new EvaluationOptions
        {
            Protocol = Protocols.Parse(options.Protocol),
            OtherProtocols = [],
            Scales = [recipe.Network.Scale],
            FiguresPerSet = 0,
            Bootstrap = new BootstrapOptions { Resamples = 1000 },
        });
    }

    /// <summary>The validation images; none without a folder.</summary>
    /// <exception cref="Imaging.Data.DatasetException">The folder can't be opened, or has no such image or track.</exception>
    public static IReadOnlyList<IEvaluationSet> Open(ValidationOptions options, int scale)
    {
        if (options.Path is null)
        {
            return [];
        }

        var set = new FolderEvaluationSet(DatasetFolder.Open(options.Path).Select(options.Names, options.First == 0 ? null : options.First), options.Track);
        set.EnsureEveryImage(scale);
        return [set];
    }

    /// <summary>PSNR and SSIM of the averaged weights and of the weights as they are.</summary>
    /// <exception cref="TrainingException">An image could not be measured.</exception>
    public ValidationMetrics Measure(long step, NetworkState state, CancellationToken cancellationToken)
    {
        var (psnr, ssim) = Measure(state.Average, cancellationToken);
        var (rawPsnr, rawSsim) = Measure(state.Weights, cancellationToken);
        return new ValidationMetrics(step, psnr, ssim, rawPsnr, rawSsim);
    }

    /// <summary>What the averaged weights make of the first images, as many as the recipe asks for.</summary>
    /// <remarks>Not to be cancelled: a measurement that is on record is whole.</remarks>
    public IEnumerable<(string Name, ImageBuffer Image)> Samples(NetworkState state)
    {
        using var upscaler = UpscalerOf(state.Average);
        foreach (var (set, index) in _sets.SelectMany(set => Enumerable.Range(0, set.ImageNames.Count).Select(index => (set, index))).Take(_recipe.Validation.Samples))
        {
            var scale = _recipe.Network.Scale;
            var (_, low) = PairPreparation.Prepare(set.Load(index, scale), scale, CancellationToken.None);
            yield return (set.ImageNames[index], upscaler.Upscale(low, scale));
        }
    }

    private Upscaler UpscalerOf(Weights weights) =>
        Upscaler.From(new Model(_recipe.Network, weights), MethodOptions.Default with { Threads = _threads });

    private (double Psnr, double Ssim) Measure(Weights weights, CancellationToken cancellationToken)
    {
        using var upscaler = UpscalerOf(weights);
        var report = _evaluator.Run([EvaluationModel.From(upscaler)], _sets, progress: null, cancellationToken).Report;
        if (report.Results.SelectMany(result => result.Failures).FirstOrDefault() is { } failure)
        {
            throw new TrainingException($"The validation image '{failure.Name}' could not be measured: {failure.Error}");
        }

        return (report.Results.Average(result => result.Psnr ?? double.NaN), report.Results.Average(result => result.Ssim ?? double.NaN));
    }
}
