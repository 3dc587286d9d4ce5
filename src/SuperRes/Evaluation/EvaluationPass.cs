using SuperRes.Evaluation.Figures;
using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Evaluation;

/// <summary>All models over one data set at one scale.</summary>
internal sealed class EvaluationPass
{
    // Enough for a network's tiles and kernels to be compiled; small enough to cost nothing.
    private const int WarmUpSide = 48;

    private readonly IEvaluationSet _set;
    private readonly int _scale;
    private readonly IReadOnlyList<EvaluationModel> _models;
    private readonly IReadOnlyList<Protocol> _protocols;
    private readonly EvaluationOptions _options;
    private readonly TimeProvider _time;
    private readonly ProgressCounter _counter;
    private readonly ResultBuilder[] _results;
    private readonly FigureCollector _figures;
    private readonly List<string> _notes = [];
    private bool _isWarm;

    public EvaluationPass(
        IEvaluationSet set,
        int scale,
        IReadOnlyList<EvaluationModel> models,
        IReadOnlyList<Protocol> protocols,
        EvaluationOptions options,
        TimeProvider time,
        ProgressCounter counter)
    {
        (_set, _scale, _models, _protocols, _options, _time, _counter) = (set, scale, models, protocols, options, time, counter);
        _results = [.. models.Select(model => new ResultBuilder(model, set, scale))];
        _figures = new FigureCollector(set.Name, set.Track, scale, protocols[0].Name, models.Count, options.FiguresPerSet);
    }

    public IEnumerable<EvaluationResult> Results() => _results.Select(result => result.Build(_protocols, _options.Bootstrap));

    /// <summary>Whether the set's own low-resolution images were enlarged, and what was not as it is stored when it was measured.</summary>
    public IEnumerable<string> Notes => _notes;

    public IEnumerable<ComparisonFigure> Figures(int firstNumber) => _figures.Figures(firstNumber);

    public void Run(CancellationToken cancellationToken)
    {
        for (var index = 0; index < _set.ImageNames.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = _set.ImageNames[index];
            if (Prepare(index, name, cancellationToken) is var (reference, low))
            {
                WarmUp(low, cancellationToken);
                Measure(name, reference, low, cancellationToken);
            }
        }
    }

    private (ImageBuffer Reference, ImageBuffer LowResolution)? Prepare(int index, string name, CancellationToken cancellationToken)
    {
        try
        {
            var pair = _set.Load(index, _scale, cancellationToken);
            if (pair.LowResolution is not null)
            {
                _notes.Add(FormattableString.Invariant($"{_set.Name} x{_scale}: the set's own low-resolution images were enlarged."));
            }

            _notes.AddRange(pair.Notes.Select(note => $"{_set.Name} {name}: {note}"));
            return PairPreparation.Prepare(pair, _scale, cancellationToken);
        }
        catch (Exception error) when (!IsCancellation(error, cancellationToken))
        {
            foreach (var (result, model) in _results.Zip(_models))
            {
                Fail(result, model, name, error);
            }

            return null;
        }
    }

    private void Measure(string name, ImageBuffer reference, ImageBuffer low, CancellationToken cancellationToken)
    {
        var panels = new List<FigureCandidate>();
        for (var m = 0; m < _models.Count; m++)
        {
            try
            {
                var (image, ms) = Make(_models[m], reference, low, cancellationToken);
                var score = _protocols[0].Measure(image, reference, _scale);
                _results[m].Add(name, ms, [score, .. _protocols.Skip(1).Select(protocol => TryMeasure(protocol, image, reference))]);
                panels.Add(new FigureCandidate(_models[m].Name, image, score));
                _counter.Report(_set.Name, _scale, name, _models[m].Name, score.Psnr);
            }
            catch (Exception error) when (!IsCancellation(error, cancellationToken))
            {
                Fail(_results[m], _models[m], name, error);
            }
        }

        _figures.Offer(name, reference, low, panels);
    }

    /// <summary>A small image may be large enough for the report's protocol, and too small for another one's shaved edges.</summary>
    private QualityScore? TryMeasure(Protocol protocol, ImageBuffer image, ImageBuffer reference)
    {
        try
        {
            return protocol.Measure(image, reference, _scale);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private (ImageBuffer Image, double Ms) Make(EvaluationModel model, ImageBuffer reference, ImageBuffer low, CancellationToken cancellationToken)
    {
        var times = new double[_options.Repeats];
        ImageBuffer? image = null;
        for (var i = 0; i < times.Length; i++)
        {
            var start = _time.GetTimestamp();
            image = model.Upscale(low, reference.Width, reference.Height, cancellationToken);
            times[i] = _time.GetElapsedTime(start).TotalMilliseconds;
        }

        return image!.Width == reference.Width && image.Height == reference.Height
            ? (image, Sample.Median(times))
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{model.Name} made {image.Width}x{image.Height} of {low.Width}x{low.Height}, and x{_scale} is {reference.Width}x{reference.Height}."));
    }

    /// <summary>Runs every model once on a corner, so that compiling code is not counted as the first image's time.</summary>
    private void WarmUp(ImageBuffer low, CancellationToken cancellationToken)
    {
        if (_isWarm)
        {
            return;
        }

        _isWarm = true;
        var corner = low.Crop(0, 0, Math.Min(low.Width, WarmUpSide), Math.Min(low.Height, WarmUpSide));
        foreach (var model in _models)
        {
            try
            {
                model.Upscale(corner, corner.Width * _scale, corner.Height * _scale, cancellationToken);
            }
            catch (Exception error) when (!IsCancellation(error, cancellationToken))
            {
                // The same error comes again at the first image, where it is recorded.
            }
        }
    }

    private void Fail(ResultBuilder result, EvaluationModel model, string image, Exception error)
    {
        result.Fail(image, FailureText.Of(error));
        _counter.Report(_set.Name, _scale, image, model.Name, psnr: null);
    }

    /// <summary>A model may throw <see cref="OperationCanceledException"/> for reasons of its own; that is a failure like others.</summary>
    private static bool IsCancellation(Exception error, CancellationToken cancellationToken) =>
        error is OperationCanceledException && cancellationToken.IsCancellationRequested;
}
