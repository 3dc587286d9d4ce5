using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>
/// Decides before any work which file becomes which, and refuses what would lose something: two inputs for one
/// output, an output that is an input, an output that exists.
/// </summary>
/// <param name="request">What is asked for.</param>
/// <param name="note">Told of what is left out.</param>
internal sealed class UpscalePlanner(UpscaleRequest request, Action<string> note)
{
    private const int MostListed = 5;

    private readonly LinkedPaths _paths = new();

    /// <summary>The work to do, and the outputs that are skipped because they exist.</summary>
    /// <exception cref="CommandException">The request can't be carried out as it is.</exception>
    public (IReadOnlyList<UpscaleJob> Jobs, IReadOnlyList<UpscaleJob> Skipped) Plan()
    {
        var inputs = InputFiles.Find(request.Inputs, request.Recursive, request.Output is null or FilePaths.StandardStream ? null : request.Output, note);
        var jobs = inputs.Select(ChooseNaming(inputs)).ToList();
        RefuseCollisions(jobs);
        LeaveOutResults(jobs);
        RefuseOverwritingInputs(jobs);
        RefuseFilesAsFolders(jobs);

        // An input that is not there fails by itself, and touches no output.
        var existing = jobs.Where(job => (job.Input.IsStandardInput || Path.Exists(job.Input.Path))
            && job.OutputPath != FilePaths.StandardStream && !OutputPath.IsDevice(job.OutputPath) && Path.Exists(job.OutputPath)).ToList();
        if (request.Overwrite || existing.Count == 0)
        {
            return (jobs, []);
        }

        return request.SkipExisting
            ? ([.. jobs.Except(existing)], existing)
            : throw CommandException.Usage($"{List(existing.Select(job => $"'{job.OutputPath}'"), "exists already", "exist already")}. Add --overwrite to replace, or --skip-existing to keep and go on.");
    }

    private Func<InputFile, UpscaleJob> ChooseNaming(IReadOnlyList<InputFile> inputs)
    {
        if (request.Output == FilePaths.StandardStream)
        {
            return inputs is [_]
                ? input => new UpscaleJob(input, FilePaths.StandardStream, request.Format ?? (input.IsStandardInput ? null : Writable(ImageFormats.FromPath(input.Path))))
                : throw CommandException.Usage($"{inputs.Count} images can't all go to stdout. Give a folder: -o FOLDER.");
        }

        if (request.Output is not null && !IsFolder(request.Output, inputs))
        {
            var promised = ImageFormats.FromPath(request.Output);
            var format = request.Format ?? promised ?? throw UnknownFormat(request.Output);
            if (promised is { } other && other != format)
            {
                note($"note: '{request.Output}' will hold {ImageFormats.Name(format)}, as -f says, and is named as {ImageFormats.Name(other)}.");
            }

            return request.Suffix.Length == 0
                ? input => new UpscaleJob(input, request.Output, format)
                : throw CommandException.Usage($"--suffix has no use where -o names the file, '{request.Output}'. Leave one of them out.");
        }

        if (inputs.Any(input => input.IsStandardInput))
        {
            throw CommandException.Usage("An image from stdin has no name: say where it goes with -o FILE or -o -.");
        }

        return request.Output is { } folder
            ? input => Job(input, folder, input.RelativePath)
            : input => Job(input, Path.GetDirectoryName(input.Path) ?? "", Path.GetFileName(input.Path));
    }

    private bool IsFolder(string output, IReadOnlyList<InputFile> inputs) =>
        Directory.Exists(output) || Path.EndsInDirectorySeparator(output) || request.Inputs.Count > 1 || inputs.Any(input => input.FromSearch);

    private UpscaleJob Job(InputFile input, string folder, string relative)
    {
        var format = FormatOf(input);
        var extension = ImageFormats.FromPath(relative) == format ? Path.GetExtension(relative) : ImageFormats.Extension(format);
        var name = Path.GetFileNameWithoutExtension(relative) + request.Suffix + extension;
        return new UpscaleJob(input, Path.Combine(folder, Path.GetDirectoryName(relative) ?? "", name), format);
    }

    private ImageFormat FormatOf(InputFile input) => request.Format ?? WritableFormatOf(input.Path);

    /// <summary>The format that the name promises, the file's own where that promises none, or PNG, which holds whatever any format holds but float.</summary>
    private static ImageFormat WritableFormatOf(string path) =>
        Writable(ImageFormats.FromPath(path) ?? ContentOf(path)) ?? ImageFormat.Png;

    private static ImageFormat? Writable(ImageFormat? format) => format is { } known && ImageFormats.IsWritable(known) ? known : null;

    private static ImageFormat? ContentOf(string path)
    {
        // What the shell passes of <(command) could not be read again.
        if (OutputPath.IsDevice(path))
        {
            return null;
        }

        try
        {
            return ImageFile.ReadHeader(path).Format;
        }
        catch (ImageFileException)
        {
            // Told of where the file is read.
            return null;
        }
    }

    private void RefuseCollisions(List<UpscaleJob> jobs)
    {
        var clash = jobs.Where(job => job.OutputPath != FilePaths.StandardStream)
            .GroupBy(job => _paths.Target(job.OutputPath), FilePaths.Comparer).FirstOrDefault(group => group.Count() > 1)?.ToList();
        if (clash is not null)
        {
            throw CommandException.Usage(
                $"{List(clash.Select(job => $"'{job.Input.Path}'"), "", "would all become")} '{clash[0].OutputPath}'. Upscale them into different folders.");
        }
    }

    /// <summary>Started again with --skip-existing, a pattern or a folder also finds what was made beside the inputs: that is nobody's input.</summary>
    private void LeaveOutResults(List<UpscaleJob> jobs)
    {
        if (!request.SkipExisting)
        {
            return;
        }

        var outputs = jobs.Select(job => _paths.Target(job.OutputPath)).ToHashSet(FilePaths.Comparer);
        var results = jobs.Where(job => !job.Input.IsStandardInput && _paths.Target(job.Input.Path) is var path && !FilePaths.Comparer.Equals(path, _paths.Target(job.OutputPath)) && outputs.Contains(path)).ToList();
        if (results.Count > 0)
        {
            note($"note: {List(results.Select(job => $"'{job.Input.Path}'"), "is what another input becomes, and is", "are what other inputs become, and are")} left as {(results.Count == 1 ? "it is" : "they are")}.");
            jobs.RemoveAll(results.Contains);
        }
    }

    private void RefuseOverwritingInputs(List<UpscaleJob> jobs)
    {
        var inputs = jobs.Where(job => !job.Input.IsStandardInput).Select(job => _paths.Target(job.Input.Path)).ToHashSet(FilePaths.Comparer);
        var bad = jobs.Find(job => job.OutputPath != FilePaths.StandardStream && inputs.Contains(_paths.Target(job.OutputPath)));
        if (bad is not null)
        {
            throw CommandException.Usage($"'{bad.OutputPath}' is an input, and inputs are never overwritten. "
                + (request.Suffix.Length == 0 ? "Choose another -o, or add --suffix -large." : "Name only the originals, choose another suffix, or add --skip-existing, which leaves it as it is."));
        }
    }

    private static void RefuseFilesAsFolders(List<UpscaleJob> jobs)
    {
        foreach (var job in jobs.Where(job => job.OutputPath != FilePaths.StandardStream).DistinctBy(job => Path.GetDirectoryName(job.OutputPath), FilePaths.Comparer))
        {
            for (var folder = Path.GetDirectoryName(job.OutputPath); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(folder))
                {
                    throw CommandException.Usage($"'{folder}' is a file, and '{Path.GetFileName(job.OutputPath)}' can't be written into it. Name a folder.");
                }
            }
        }
    }

    private static CommandException UnknownFormat(string path)
    {
        var known = string.Join(", ", ImageFormats.Writable.Select(ImageFormats.Extension));
        return CommandException.Usage(Path.GetExtension(path).Length == 0
            ? $"'{path}' names no format. Add an extension ({known}), choose with -f, or end it with '{Path.DirectorySeparatorChar}' for a folder."
            : $"'{Path.GetExtension(path)}' of '{path}' is no image format that can be written. Known: {known}. Or choose with -f.");
    }

    private static string List(IEnumerable<string> items, string one, string many)
    {
        var all = items.ToList();
        var shown = string.Join(", ", all.Take(MostListed)) + (all.Count > MostListed ? $" and {all.Count - MostListed} more" : "");
        return $"{shown} {(all.Count == 1 ? one : many)}";
    }
}
