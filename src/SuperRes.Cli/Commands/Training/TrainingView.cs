using System.Diagnostics;
using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Recipes;
using SuperRes.Training.Trainers;

namespace SuperRes.Cli.Commands.Training;

/// <summary>Shows a run: a bar with the time left on a terminal, and a plain line per record.</summary>
internal sealed class TrainingView : IProgress<TrainingEvent>, IDisposable
{
    private readonly CommandContext _context;
    private readonly string _name;
    private readonly IProgressDisplay _progress;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _first = -1;

    public TrainingView(CommandContext context, Recipe recipe)
    {
        _context = context;
        _name = recipe.Name;
        _progress = context.StartProgress(recipe.Name, recipe.Steps);
    }

    public void Report(TrainingEvent value)
    {
        if (value.Start is { } start)
        {
            _context.Message(string.Create(
                CultureInfo.InvariantCulture, $"{_name}: {start.Parameters:N0} parameters, {start.Images} images, {value.Steps:N0} steps, in '{start.Folder}'"));
            if (start.Initial is not null)
            {
                _context.Message(start.Initial);
            }

            return;
        }

        _first = _first < 0 ? value.Step - 1 : _first;
        _progress.Report(value.Step);
        if (value.Metrics is { } metrics)
        {
            var left = Stopwatch.GetElapsedTime(_started) / (value.Step - _first) * (value.Steps - value.Step);
            _context.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"step {metrics.Step}/{value.Steps}  loss {metrics.Loss:F5}  rate {metrics.LearningRate:G3}  {metrics.SamplesPerSecond:F0} patches/s  data {metrics.DataWait:F1} ms  {metrics.MemoryMegabytes:F0} MB  left {left:hh\\:mm\\:ss}"));
        }

        if (value.Validation is { } validation)
        {
            _context.Message(string.Create(
                CultureInfo.InvariantCulture, $"step {validation.Step}  validation {validation.Psnr:F3} dB  SSIM {validation.Ssim:F4}  (raw weights {validation.RawPsnr:F3} dB, {validation.RawSsim:F4})"));
        }
    }

    public void Dispose() => _progress.Dispose();
}
