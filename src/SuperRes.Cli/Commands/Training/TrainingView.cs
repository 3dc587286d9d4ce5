using System.Diagnostics;
using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Runs;
using SuperRes.Training.Recipes;
using SuperRes.Training.Trainers;

namespace SuperRes.Cli.Commands.Training;

/// <summary>Shows a run: on a terminal a bar with the time left and the numbers of the moment, and a plain line per record.</summary>
internal sealed class TrainingView : IProgress<TrainingEvent>, IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(0.25);

    private readonly CommandContext _context;
    private readonly string _name;
    private readonly string? _note;
    private readonly IProgressDisplay _progress;
    private long _started = Stopwatch.GetTimestamp();
    private long _drawn;
    private long _first = -1;
    private StepMetrics? _metrics;
    private ValidationMetrics? _validation;

    /// <param name="context">The command's.</param>
    /// <param name="recipe">What is trained.</param>
    /// <param name="note">To be told where the run starts; null for nothing.</param>
    public TrainingView(CommandContext context, Recipe recipe, string? note)
    {
        _context = context;
        _name = recipe.Name;
        _note = note;
        _progress = context.StartProgress(recipe.Name, recipe.Steps);
    }

    /// <summary>Whether the run's folder is there, and the run at work.</summary>
    public bool HasStarted { get; private set; }

    public void Report(TrainingEvent value)
    {
        if (value.Start is { } start)
        {
            // Before, the training images are read through: that says nothing of the steps.
            (HasStarted, _started) = (true, Stopwatch.GetTimestamp());
            if (_note is not null)
            {
                _progress.WriteLine(_note);
            }

            _progress.WriteLine(TrainingText.Start(_name, start, value.Steps));
            if (start.Initial is not null)
            {
                _progress.WriteLine(start.Initial);
            }

            return;
        }

        _first = _first < 0 ? value.Step - 1 : _first;
        if (value.Metrics is not null)
        {
            _metrics = value.Metrics;
            _progress.WriteLine(TrainingText.Record(value.Metrics, value.Steps, TimeLeft(value)));
        }

        if (value.Validation is not null)
        {
            _validation = value.Validation;
            _progress.WriteLine(TrainingText.Validation(value.Validation));
        }

        Draw(value);
    }

    /// <summary>Tells of what does not stop the run.</summary>
    public void Warn(string text) => _progress.WriteError($"warning: {text}");

    public void Dispose() => _progress.Dispose();

    /// <summary>Not for every step: there may be hundreds in a second.</summary>
    private void Draw(TrainingEvent value)
    {
        if (_context.Terminal.ErrorIsTerminal && Stopwatch.GetElapsedTime(_drawn) >= Redraw)
        {
            _drawn = Stopwatch.GetTimestamp();
            _progress.Report(value.Step, TrainingText.Now(value, _metrics, _validation));
        }
    }

    private TimeSpan TimeLeft(TrainingEvent value) =>
        Stopwatch.GetElapsedTime(_started) / Math.Max(1, value.Step - _first) * (value.Steps - value.Step);
}
