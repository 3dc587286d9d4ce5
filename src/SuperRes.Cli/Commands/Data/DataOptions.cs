using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Batches;

namespace SuperRes.Cli.Commands.Data;

/// <summary>What the data commands share.</summary>
internal static class DataOptions
{
    private const string FolderVariable = "SUPERRES_DATA";

    public static Option<string> DataFolder() => new("--output", "-o")
    {
        Description = $"The folder that holds data sets; each gets its own folder in it. Without it, ${FolderVariable}, or 'data' here.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : "data",
    };

    public static Option<int> Workers()
    {
        var option = CommonOptions.AtLeast("--workers", 0, "-j");
        option.Description = "Images in work at once; 0 takes every core.";
        return option;
    }

    /// <summary>Runs work on many images under a progress bar.</summary>
    /// <exception cref="CommandException">What was named is not what the work takes.</exception>
    public static async Task<T> RunBatchAsync<T>(CommandContext context, string title, Func<IProgress<BatchProgress>, Task<T>> work)
    {
        using var display = new BatchDisplay(context, title);
        try
        {
            return await work(display).ConfigureAwait(false);
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>Opens data sets.</summary>
    /// <exception cref="CommandException">What was named is none.</exception>
    public static List<T> Open<T>(IEnumerable<string> names, Func<string, IEnumerable<T>> open)
    {
        try
        {
            return [.. names.SelectMany(open)];
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>Shows a bar once the number of images is known.</summary>
    private sealed class BatchDisplay(CommandContext context, string title) : IProgress<BatchProgress>, IDisposable
    {
        private readonly Lock _starting = new();
        private IProgressDisplay? _display;

        public void Report(BatchProgress value)
        {
            lock (_starting)
            {
                _display ??= context.StartProgress(title, value.Total);
            }

            _display.Report(value.Done, value.Name);
        }

        public void Dispose() => _display?.Dispose();
    }
}
