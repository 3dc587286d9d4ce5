using SuperRes.Imaging;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Studies;

/// <summary>
/// Reads a folder of results: a subfolder for each method, pictures of the same names in all of them; a subfolder called
/// original, reference, HR or GT holds what they should look like.
/// </summary>
internal sealed class ResultFolderReader(StudioOptions options)
{
    private const int MostFolders = 200;

    private static readonly string[] OriginalNames = ["original", "reference", "hr", "gt"];

    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };

    /// <summary>The full path of the folder of folders of results; null where there is none.</summary>
    public string? Root { get; } = options.StudiesFolder is { } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : null;

    /// <summary>The folders below the root that hold results of at least two methods.</summary>
    public IReadOnlyList<string> List() => Root is { } root && Directory.Exists(root)
        ? [.. Subfolders(root).Take(MostFolders).Where(name => Methods(Path.Combine(root, name)).Count >= 2)]
        : [];

    /// <summary>The pictures that all methods of a folder have, of one size each.</summary>
    /// <exception cref="StudioException">There is no such folder, or its methods have no picture in common.</exception>
    public StudyPictures Read(string? name)
    {
        var folders = List();
        if (name is null || !folders.Contains(name))
        {
            throw StudioException.BadRequest(folders.Count == 0
                ? "There are no folders of results here. Start the server with --studies DIR, where DIR/NAME has a subfolder for each method."
                : $"There is no folder '{ImageStore.Shown(name ?? "")}' of results. Known: {string.Join(", ", folders)}.");
        }

        var folder = Path.Combine(Root!, name);
        var methods = Methods(folder);
        var original = Subfolders(folder).FirstOrDefault(IsOriginal);
        var common = methods.Select(method => Pictures(Path.Combine(folder, method))).ToList();
        var names = common[0].Keys.Where(key => common.TrueForAll(files => files.ContainsKey(key))).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0)
        {
            throw StudioException.BadRequest($"The subfolders of '{name}' ({string.Join(", ", methods)}) have no picture of the same name. Give each method's result the name of its image.");
        }

        var originals = original is null ? null : Pictures(Path.Combine(folder, original));
        return new StudyPictures(methods, [.. names.Select(picture => Check(new StudyPicture(
            picture,
            originals?.GetValueOrDefault(picture) is { } file ? $"{name}/{original}/{file}" : null,
            [.. methods.Select((method, index) => $"{name}/{method}/{common[index][picture]}")])))]);
    }

    private static bool IsOriginal(string name) => OriginalNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static List<string> Methods(string folder) =>
        [.. Subfolders(folder).Where(name => !IsOriginal(name) && Pictures(Path.Combine(folder, name)).Count > 0)];

    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.EnumerateDirectories(folder, "*", Visible).Select(path => Path.GetFileName(path)).Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>File names by the names without extension.</summary>
    private static Dictionary<string, string> Pictures(string folder) => Directory.EnumerateFiles(folder, "*", Visible)
        .Where(ImageFormats.HasReadableExtension)
        .Select(path => Path.GetFileName(path))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).First(), StringComparer.Ordinal);

    /// <exception cref="StudioException">The methods' sizes differ, so that a voter would see more than quality.</exception>
    private StudyPicture Check(StudyPicture picture)
    {
        var sizes = picture.Files.Select(file => (File: file, Header: ReadHeader(file))).ToList();
        var (_, first) = sizes[0];
        foreach (var (file, header) in sizes)
        {
            if ((header.Width, header.Height) != (first.Width, first.Height))
            {
                throw StudioException.BadRequest(
                    $"'{file}' has {header.Width} x {header.Height} pixels and '{picture.Files[0]}' {first.Width} x {first.Height}. Make all results of an image the same size.");
            }

            if ((long)header.Width * header.Height > options.Limits.Pixels)
            {
                throw StudioException.TooLarge(FormattableString.Invariant($"'{file}' has more than the {options.Limits.Pixels / 1e6:0.##} megapixels that this server shows. Cut a part out of each result."));
            }
        }

        return picture;
    }

    private ImageHeader ReadHeader(string file)
    {
        var path = Path.Combine(Root!, file);
        return ImageStore.Naming(path, file, () => ImageFile.ReadHeader(path));
    }
}
