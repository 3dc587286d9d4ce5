using Microsoft.Extensions.Logging;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Models;

/// <summary>
/// The methods that users may name, and those of them that are loaded. A user's name is only ever looked up here; it
/// never becomes a path.
/// </summary>
internal sealed partial class ModelShelf : IDisposable
{
    // Weights and working memory of a network are some hundred megabytes at most; of more the one used longest ago goes.
    private const int MostLoaded = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly StudioOptions _options;
    private readonly ILogger<ModelShelf> _logger;
    private readonly List<LoadedModel> _loaded = [];
    private long _lastBorrowed;

    public ModelShelf(StudioOptions options, ILogger<ModelShelf> logger)
    {
        (_options, _logger) = (options, logger);
        _lastBorrowed = options.Time.GetTimestamp();
        var files = Named(options.ModelFiles)
            .Concat(options.Models.Names.Select(name => (Name: name, Path: options.Models.TryFind(name, out var path) ? path : name)))
            .DistinctBy(file => file.Name, StringComparer.OrdinalIgnoreCase);
        Models = [.. ClassicalMethods.Names.Select(Classical), .. files.Select(file => Network(file.Name, file.Path)).OfType<ModelView>()];
    }

    /// <summary>Everything that can be named, classical methods first.</summary>
    public IReadOnlyList<ModelView> Models { get; }

    /// <summary>Timestamp of the last loan.</summary>
    public long LastBorrowed => Interlocked.Read(ref _lastBorrowed);

    /// <summary>The method to offer first, by scale.</summary>
    public IReadOnlyDictionary<string, string> Defaults => ((int[])[2, 3, 4, 8]).ToDictionary(
        scale => $"{scale}",
        scale => Find(UpscalingMethods.DefaultName(scale, _options.Models))?.Name ?? "bicubic");

    public ModelView? Find(string name) => Models.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The method of a name.</summary>
    /// <exception cref="StudioException">There is none; the message has the nearest.</exception>
    public ModelView Get(string name) => Find(name) ?? throw StudioException.BadRequest(
        NearestName.Find(name, [.. Models.Select(model => model.Name)]) is { } nearest
            ? $"There is no model '{Images.ImageStore.Shown(name)}'. Did you mean '{nearest}'?"
            : $"There is no model '{Images.ImageStore.Shown(name)}'. Known: {string.Join(", ", Models.Select(model => model.Name))}.");

    /// <summary>Borrows a loaded method; dispose the loan.</summary>
    public ModelLoan Borrow(ModelView model)
    {
        Interlocked.Exchange(ref _lastBorrowed, _options.Time.GetTimestamp());

        // A classical method has nothing to load, and on the shelf it would be in a network's place.
        if (model.Kind == ModelKind.Classical)
        {
            return new ModelLoan(Load(model));
        }

        lock (_lock)
        {
            var loaded = _loaded.Find(other => other.Name == model.Name) ?? Load(model);
            _loaded.Remove(loaded);
            _loaded.Add(loaded);
            loaded.Borrow();
            while (_loaded.Count > MostLoaded)
            {
                _loaded[0].Drop();
                _loaded.RemoveAt(0);
            }

            return new ModelLoan(loaded);
        }
    }

    /// <summary>Gives the memory of loaded methods back; those at work go when they are done.</summary>
    public void Unload()
    {
        lock (_lock)
        {
            _loaded.ForEach(loaded => loaded.Drop());
            _loaded.Clear();
        }
    }

    /// <summary>The file of a network.</summary>
    public string? FileOf(ModelView model) => _files.GetValueOrDefault(model.Name);

    public void Dispose() => Unload();

    private LoadedModel Load(ModelView model) =>
        new(model.Name, Upscaler.Load(FileOf(model) ?? model.Name, new MethodOptions { Threads = _options.Threads }));

    private static ModelView Classical(string name) => new(name, char.ToUpperInvariant(name[0]) + name[1..], ModelKind.Classical, null, 0, false);

    private ModelView? Network(string name, string path)
    {
        try
        {
            var (options, _) = ModelFile.Describe(path);
            var graph = options.BuildGraph();
            _files[name] = path;
            return new ModelView(name, name, ModelKind.Network, Model.ScalesOf(graph, options), graph.TrainableCount, options.Attention is not null);
        }
        catch (Exception exception) when (exception is ModelFileException or GraphException)
        {
            // Said in the log, and not offered: the others can be used.
            LogUnusable(path, exception.Message);
            return null;
        }
    }

    /// <summary>Weights files by their names, those of the same name with as many of their folders as tell them apart. A classical method keeps its name.</summary>
    private static List<(string Name, string Path)> Named(IEnumerable<string> paths)
    {
        // A trained network's file is often called final: its run names it better.
        var files = paths.Select(Path.GetFullPath).Distinct().ToDictionary(path => path, path => Path.GetFileNameWithoutExtension(path) is "final" or "best" ? 1 : 0);
        while (true)
        {
            var named = files.Select(file => (Name: NameOf(file.Key, file.Value), Path: file.Key)).ToList();
            string[] same = [.. named.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1 || ClassicalMethods.Names.Contains(group.Key, StringComparer.OrdinalIgnoreCase))
                .SelectMany(group => group).Select(file => file.Path).Where(path => files[path] < FoldersOf(path).Length)];
            if (same.Length == 0)
            {
                return named;
            }

            foreach (var path in same)
            {
                files[path]++;
            }
        }
    }

    private static string NameOf(string path, int folders) => string.Join('-', [.. FoldersOf(path).TakeLast(folders), Path.GetFileNameWithoutExtension(path)]);

    private static string[] FoldersOf(string path) => Path.GetDirectoryName(path)![Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is not offered: {Reason}")]
    private partial void LogUnusable(string file, string reason);
}
