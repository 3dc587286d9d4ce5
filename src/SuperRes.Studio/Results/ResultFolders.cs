using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SuperRes.Evaluation.Runs;
using SuperRes.ModelFiles;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Results;

/// <summary>
/// Finds the reports and runs below one folder. A request names them, and files in them, only by what a listing gave:
/// nothing of a request becomes a path.
/// </summary>
internal sealed class ResultFolders(StudioOptions options)
{
    private const int Deepest = 5;
    private const int MostFolders = 5000;
    private const int MostFiles = 2000;
    private const long LargestReport = 64 << 20;
    private const string ReportFile = "report.json";

    private static readonly string[] NamedFiles = [ReportFile, "report.md", "report.csv", "report.html", "curves.svg"];
    private static readonly string[] PictureFolders = ["figures", "samples"];
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".svg"];

    // Files are sent by their full paths only.
    private readonly string? _root = options.RunsFolder is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>Everything there is, newest first.</summary>
    public ResultsView List()
    {
        var reports = new List<ReportSummary>();
        var runs = new List<(DateTime Changed, RunSummaryView Run)>();
        foreach (var folder in Folders())
        {
            try
            {
                if (DescribeReport(folder) is { } report)
                {
                    reports.Add(report);
                }

                if (RunRecords.TryOpen(folder) is { } run)
                {
                    runs.Add((Directory.GetLastWriteTimeUtc(folder), Describe(folder, run)));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                // Being written just now, or not readable: the others are shown.
            }
        }

        return new ResultsView(
            [.. reports.OrderByDescending(report => report.Created)],
            [.. runs.OrderByDescending(run => run.Changed).ThenBy(run => run.Run.Name, StringComparer.Ordinal).Select(run => run.Run)]);
    }

    /// <summary>The JSON of a report, as it was written.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public string ReportPath(string id)
    {
        var folder = Find(id);
        return DescribeReport(folder) is not null ? Path.Combine(folder, ReportFile) : throw NoSuch("report", id);
    }

    /// <summary>Everything of a run.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public RunView Run(string id)
    {
        var folder = Find(id);
        var run = Records(id);
        using var recipe = Parse(run.RecipeJson);
        return new RunView(
            id, NameOf(folder), recipe.RootElement.Clone(), [.. run.Metrics.Select(MetricsPoint.Of)], [.. run.Validations.Select(ValidationPoint.Of)], run.State, [.. Files(folder).Keys]);
    }

    /// <exception cref="StudioException">There is none.</exception>
    public RunRecords Records(string id) => RunRecords.TryOpen(Find(id)) ?? throw NoSuch("run", id);

    /// <summary>The path of a file of a report or run, one of those that may be fetched.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public string File(string id, string name) => Files(Find(id)).TryGetValue(name, out var path)
        ? path
        : throw StudioException.NotFound($"There is no file '{ImageStore.Shown(name)}' to be fetched there.");

    /// <summary>Names of the files that may be fetched, with their paths.</summary>
    private static SortedDictionary<string, string> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in NamedFiles.Where(name => System.IO.File.Exists(Path.Combine(folder, name))))
        {
            files[name] = Path.Combine(folder, name);
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        foreach (var path in PictureFolders.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
            .SelectMany(pictures => Directory.EnumerateFiles(pictures, "*", options))
            .Where(path => PictureExtensions.Contains(Path.GetExtension(path)))
            .Take(MostFiles))
        {
            files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = path;
        }

        return files;
    }

    private static ReportKind? KindOf(string schema) =>
        schema.StartsWith("superres-evaluation/", StringComparison.Ordinal) ? ReportKind.Evaluate
        : schema.StartsWith("superres-study/", StringComparison.Ordinal) ? ReportKind.Ablate
        : null;

    private static JsonDocument Parse(string json) => JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    private static StudioException NoSuch(string what, string id) => StudioException.NotFound($"There is no {what} '{ImageStore.Shown(id)}'. It may have been moved; load the list again.");

    private ReportSummary? DescribeReport(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, ReportFile));
        if (!file.Exists || file.Length > LargestReport || ReadSchema(file.FullName) is not { } kind)
        {
            return null;
        }

        return new ReportSummary(IdOf(folder), NameOf(folder), kind, file.LastWriteTimeUtc);
    }

    /// <summary>What kind of report it is: its schema is the first property.</summary>
    private static ReportKind? ReadSchema(string path)
    {
        using var stream = AtomicFile.OpenRead(path);
        Span<byte> head = stackalloc byte[4096];
        var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var reader = new Utf8JsonReader(head[..count], isFinalBlock: false, default);
        while (reader.Read() && reader.CurrentDepth <= 1)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("schema"))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.String ? KindOf(reader.GetString()!) : null;
            }
        }

        return null;
    }

    private RunSummaryView Describe(string folder, RunRecords run)
    {
        using var recipe = Parse(run.RecipeJson);
        var steps = recipe.RootElement.TryGetProperty("steps", out var value) && value.TryGetInt64(out var count) ? count : 0;
        var (metrics, validations) = (run.Metrics, run.Validations);
        return new RunSummaryView(
            IdOf(folder), NameOf(folder), run.State, metrics.Count == 0 ? 0 : metrics[^1].Step, steps,
            validations.Count == 0 ? null : MetricsPoint.Finite(validations.Max(validation => validation.Psnr)));
    }

    private string Find(string id) => Folders().FirstOrDefault(folder => IdOf(folder) == id) ?? throw NoSuch("result", id);

    private IEnumerable<string> Folders()
    {
        if (_root is not { } root || !Directory.Exists(root))
        {
            return [];
        }

        var enumeration = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = Deepest, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        };
        return Directory.EnumerateDirectories(root, "*", enumeration).Prepend(root).Take(MostFolders);
    }

    private string NameOf(string folder) => Path.GetRelativePath(_root!, folder) is var name && name == "."
        ? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))
        : name.Replace('\\', '/');

    private string IdOf(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetRelativePath(_root!, folder).Replace('\\', '/'))))[..16];
}
