using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Upscale;
using SuperRes.Training;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands.Runs;

/// <summary>Finds runs: folders that are one, or that hold some.</summary>
internal static class RunFinder
{
    public const string DefaultFolder = "runs";

    public static Argument<string[]> Folders() => new("DIR")
    {
        Description = $"Folders of runs, or folders that hold some. Without any, {DefaultFolder}/.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The runs of the given folders, each once, those of one parent in the order of their names; and what is wrong with those that can't be read.</summary>
    /// <exception cref="CommandException">A folder is no run and holds none.</exception>
    public static (IReadOnlyList<RunFolder> Runs, IReadOnlyList<string> Faults) Find(string[] folders)
    {
        string[] searched = folders.Length > 0 ? folders : [DefaultFolder];
        var (runs, faults) = (new List<RunFolder>(), new List<string>());
        foreach (var path in searched.SelectMany(Paths).DistinctBy(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), FilePaths.Comparer))
        {
            try
            {
                runs.Add(Open(path));
            }
            catch (CommandException exception)
            {
                faults.Add(exception.Message);
            }
        }

        return (runs, faults);
    }

    /// <summary>Names the runs that could not be read, after the others, and returns the exit code.</summary>
    public static int Tell(CommandContext context, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            context.Error($"superres: {fault}");
        }

        return faults.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    /// <summary>Opens one run.</summary>
    /// <exception cref="CommandException">It is none, or its recipe can't be read.</exception>
    public static RunFolder Open(string path)
    {
        try
        {
            return RunFolder.Open(path);
        }
        catch (Exception exception) when (exception is TrainingException or RecipeException)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static IEnumerable<string> Paths(string folder)
    {
        if (RunFolder.IsRun(folder))
        {
            return [folder];
        }

        string[] runs = Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Where(RunFolder.IsRun).Order(StringComparer.Ordinal)] : [];
        return runs.Length > 0
            ? runs
            : throw CommandException.Usage($"{(Directory.Exists(folder) ? $"'{folder}' is no run, and there is none in it." : $"There is no folder '{folder}'.")} Name the folder of a run; superres train makes one in {DefaultFolder}/.");
    }
}
