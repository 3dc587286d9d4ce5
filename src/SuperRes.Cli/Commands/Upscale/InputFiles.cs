using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Turns what the user named into files: folders and patterns are looked through, in ordinal order.</summary>
internal sealed class InputFiles
{
    // What telephones and programs call pictures, beside cameras' raw files; those that can't be read here are told of, not passed over in silence.
    private static readonly string[] PictureExtensions =
        [".heic", ".heif", ".avif", ".jxl", ".jp2", ".bmp", ".gif", ".psd", ".tga", ".svg", ".webp", ".tif", ".tiff"];

    private readonly LinkedPaths _paths = new();
    private readonly bool _recursive;
    private readonly string? _excludedFolder;
    private readonly List<InputFile> _files = [];
    private readonly Action<string> _note;
    private readonly HashSet<string> _seen = new(FilePaths.Comparer);

    private InputFiles(bool recursive, string? excludedFolder, Action<string> note)
    {
        _recursive = recursive;
        _note = note;
        _excludedFolder = excludedFolder is null ? null : _paths.Target(excludedFolder);
    }

    /// <summary>Every file once, in the order named.</summary>
    /// <param name="names">Files, folders and patterns (<c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>**</c>).</param>
    /// <param name="recursive">Whether folders below a folder are looked through too.</param>
    /// <param name="excludedFolder">A folder whose files are not inputs: the output folder, when it lies inside an input folder.</param>
    /// <param name="note">Told of pictures in a folder that can't be read here.</param>
    /// <exception cref="CommandException">A folder or pattern has no image.</exception>
    public static IReadOnlyList<InputFile> Find(IEnumerable<string> names, bool recursive, string? excludedFolder, Action<string> note)
    {
        var search = new InputFiles(recursive, excludedFolder, note);
        foreach (var name in names)
        {
            search.Add(name);
        }

        return search._files;
    }

    private void Add(string name)
    {
        if (Directory.Exists(name))
        {
            AddFolder(name);
        }
        else if (!File.Exists(name) && FilePattern.IsPattern(name))
        {
            AddPattern(name);
        }
        else if (Path.EndsInDirectorySeparator(name))
        {
            throw CommandException.Usage($"'{name}' does not exist. Check the name.");
        }
        else
        {
            // A file that is not there is kept: reading it fails, and the others go on.
            Add(name, Path.GetFileName(name), fromSearch: false);
        }
    }

    private void AddFolder(string folder)
    {
        var before = _seen.Count;
        var files = Walk(folder, _recursive).ToLookup(ImageFormats.HasReadableExtension);
        foreach (var path in files[true])
        {
            Add(path, Path.GetRelativePath(folder, path), fromSearch: true);
        }

        NoteUnreadable(folder, files[false]);

        if (_seen.Count == before)
        {
            throw CommandException.Usage(
                $"'{folder}' holds no image ({string.Join(", ", ImageFormats.Readable.Select(ImageFormats.Name))})."
                + (_recursive ? "" : " Add -r to look into the folders below it."));
        }
    }

    private void NoteUnreadable(string folder, IEnumerable<string> files)
    {
        string[] kinds =
        [
            .. from file in files
               let extension = Path.GetExtension(file).ToLowerInvariant()
               where PictureExtensions.Contains(extension) || ImageFormats.IsCameraRaw(file)
               group file by extension into kind
               orderby kind.Key
               select $"{kind.Count()} {kind.Key}",
        ];
        if (kinds.Length > 0)
        {
            _note($"note: '{folder}' has pictures that can't be read here and are left out: {string.Join(", ", kinds)}.");
        }
    }

    private void AddPattern(string pattern)
    {
        var before = _seen.Count;
        var (folder, matcher, isDeep) = FilePattern.Parse(pattern);
        var found = Directory.Exists(folder)
            ? Walk(folder, isDeep).Where(path => matcher.IsMatch(Path.GetRelativePath(folder, path).Replace('\\', '/')))
            : [];
        foreach (var path in found)
        {
            Add(path, Path.GetRelativePath(folder, path), fromSearch: true);
        }

        if (_seen.Count == before)
        {
            throw CommandException.Usage($"No file matches '{pattern}'.");
        }
    }

    private void Add(string path, string relative, bool fromSearch)
    {
        if (_seen.Add(Path.GetFullPath(path)))
        {
            _files.Add(new InputFile(path, relative, fromSearch));
        }
    }

    private IEnumerable<string> Walk(string folder, bool deep)
    {
        // Hidden files are other programs' ('._photo.jpg'); links to folders could lead round in circles.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };
        var files = Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal);
        var folders = deep
            ? Directory.EnumerateDirectories(folder, "*", options)
                .Where(path => new DirectoryInfo(path).LinkTarget is null && !FilePaths.Comparer.Equals(_paths.Target(path), _excludedFolder))
                .Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return files.Concat(folders.Where(IsOpen).SelectMany(path => Walk(path, deep)));
    }

    /// <summary>Whether a folder below one that was named may be looked into; one that may not is told of, and the others go on.</summary>
    private bool IsOpen(string folder)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            _note($"note: '{folder}' can't be looked into and is left out: {error.Message}");
            return false;
        }
    }
}
