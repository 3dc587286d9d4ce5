using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Cli.Commands.Data;

/// <summary>Shows a fetch: a bar for each phase on a terminal, a line for each tenth of the download otherwise.</summary>
internal sealed class FetchDisplay(CommandContext context, string name) : IProgress<FetchProgress>, IDisposable
{
    private IProgressDisplay? _display;
    private FetchPhase? _phase;
    private long _tenth;

    public void Report(FetchProgress value)
    {
        if (value.Note is not null)
        {
            Dispose();
            _phase = null;
            context.Message($"{name}: {value.Note}");
            return;
        }

        if (value.Phase != _phase)
        {
            _display?.Dispose();
            (_phase, _tenth) = (value.Phase, 0);
            _display = context.StartProgress($"{name}: {Describe(value.Phase)}", value.Total ?? 0);
            TellPlainly($"{name}: {Describe(value.Phase)}");
        }

        _display!.Report(value.Done);
        if (value is { Phase: FetchPhase.Downloading, Total: > 0 and var total } && value.Done * 10 / total > _tenth)
        {
            _tenth = value.Done * 10 / total;
            TellPlainly($"{name}: {ByteSize.Format(value.Done)} of {ByteSize.Format(total)}");
        }
    }

    /// <summary>Ends the bar and says how it went.</summary>
    public void Finish(string text)
    {
        Dispose();
        context.Message(text);
    }

    public void Dispose()
    {
        _display?.Dispose();
        _display = null;
    }

    private static string Describe(FetchPhase phase) => phase switch
    {
        FetchPhase.Downloading => "downloading",
        FetchPhase.Verifying => "comparing the checksum",
        _ => "unpacking",
    };

    private void TellPlainly(string text)
    {
        if (!context.Terminal.ErrorIsTerminal)
        {
            context.Message(text);
        }
    }
}
