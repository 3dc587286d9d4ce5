using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Ablation;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Shows an experiment at work: a bar over all its steps on a terminal, and a plain line per run.</summary>
internal sealed class AblationView : IProgress<CellEvent>, IDisposable
{
    private readonly IProgressDisplay _progress;
    private readonly Dictionary<string, long> _steps = [];
    private readonly int _runs;
    private readonly long _all;
    private readonly Lock _lock = new();
    private int _done;

    public AblationView(CommandContext context, AblationStudy study)
    {
        var (cells, later) = (study.Cells, study.Later);
        (_runs, _all) = (cells.Count + later.Count, Math.Max(1, cells.Concat(later).Sum(cell => cell.Recipe.Steps)));
        foreach (var cell in cells.Where(study.IsDone))
        {
            _steps[cell.Name] = cell.Recipe.Steps;
            _done++;
        }

        _progress = context.StartProgress(study.Experiment.Name, _all);
    }

    public void Report(CellEvent value)
    {
        lock (_lock)
        {
            switch (value.Kind)
            {
                case CellEventKind.Step:
                    _steps[value.Cell] = value.Training!.Step;
                    _progress.Report(Math.Min(_steps.Values.Sum(), _all));
                    break;
                case CellEventKind.Started:
                    _progress.WriteLine($"started {value.Cell}");
                    break;
                case CellEventKind.Done:
                    _done++;
                    _progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {value.Cell} ({_done} of {Math.Max(_done, _runs)})"));
                    break;
                case CellEventKind.Failed:
                    _progress.WriteError($"failed {value.Cell}: {value.Message}");
                    break;
                case CellEventKind.Lost:
                    _progress.WriteError($"left {value.Cell}: another process took it over, because this one did not answer");
                    break;
                default:
                    _progress.WriteError($"warning: {value.Cell}: {value.Message}");
                    break;
            }
        }
    }

    public void Dispose() => _progress.Dispose();
}
