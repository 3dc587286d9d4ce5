using System.Runtime.CompilerServices;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SuperRes.Cli.CommandLine;

/// <summary>
/// A bar with the time left, on a terminal. The only place that loads Spectre.Console, which a short command in a pipe
/// should not pay for at start-up.
/// </summary>
internal sealed class LiveProgress : IProgressDisplay
{
    private readonly IAnsiConsole _console;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;
    private readonly ProgressTask _task;
    private readonly string _title;

    private LiveProgress(TextWriter error, string title, double total)
    {
        _title = title = PrintableWriter.Clean(title);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = AnsiSupport.Detect,
            ColorSystem = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        var started = new TaskCompletionSource<ProgressTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        _drawing = _console.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                started.SetResult(progress.AddTask(Markup.Escape(title), maxValue: total));
                await _end.Task.ConfigureAwait(false);
            });
        _task = started.Task.GetAwaiter().GetResult();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IProgressDisplay Start(TextWriter error, string title, double total) => new LiveProgress(error, title, total);

    public void Report(double done, string? now = null)
    {
        _task.Value = done;
        if (now is not null)
        {
            _task.Description = Markup.Escape(PrintableWriter.Clean($"{_title}: {now}"));
        }
    }

    public void Log(string text)
    {
    }

    public void WriteLine(string text) => _console.Write(new UnwrappedLine(PrintableWriter.Clean(text)));

    public void WriteError(string text) => WriteLine(text);

    public void Dispose()
    {
        _end.TrySetResult();
        _drawing.GetAwaiter().GetResult();
    }

    /// <summary>A line that the terminal may wrap on screen, but that has no line end inside: paths are copied from it.</summary>
    private sealed class UnwrappedLine(string text) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text), Segment.LineBreak];
    }
}
