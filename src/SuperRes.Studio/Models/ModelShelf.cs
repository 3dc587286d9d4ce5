using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Models;

/// <summary>
/// The methods that users may name, and those of them that are loaded. A user's name is only ever looked up here; it
/// never becomes a path.
/// </summary>
internal sealed class ModelShelf : IDisposable
{
    // Weights and working memory of a network are some hundred megabytes at most; of more the one used longest ago goes.
    private const int MostLoaded = 3;

    private readonly Lock _lock = new();
    private readonly StudioOptions _options;
    private readonly List<LoadedModel> _loaded = [];

    public ModelShelf(StudioOptions options)
    {
        _options = options;
        Models = [.. ClassicalMethods.Names.Select(Classical), .. options.Models.Names.Select(Network).OfType<ModelView>()];
    }

    /// <summary>Everything that can be named, classical methods first.</summary>
    public IReadOnlyList<ModelView> Models { get; }

    /// <summary>The method to offer first, by scale.</summary>
    public IReadOnlyDictionary<string, string> Defaults => ((int[])[2, 3, 4, 8]).ToDictionary(
        scale => $"{scale}",
        scale => Find(UpscalingMethods.DefaultName(scale))?.Name ?? "bicubic");

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
    public string? FileOf(ModelView model) => model.Kind == ModelKind.Network && _options.Models.TryFind(model.Name, out var path) ? path : null;

    public void Dispose() => Unload();

    private LoadedModel Load(ModelView model) =>
        new(model.Name, Upscaler.Load(FileOf(model) ?? model.Name, new MethodOptions { Threads = _options.Threads }));

    private static ModelView Classical(string name) => new(name, char.ToUpperInvariant(name[0]) + name[1..], ModelKind.Classical, null, 0, false);

    private ModelView? Network(string name)
    {
        try
        {
            var (options, _) = _options.Models.Describe(name);
            var graph = options.BuildGraph();
            return new ModelView(name, name, ModelKind.Network, Model.ScalesOf(graph, options), graph.TrainableCount, options.Attention is not null);
        }
        catch (Exception exception) when (exception is ModelFileException or GraphException)
        {
            // A file that can't be used is not offered; 'superres models show' says what is wrong with it.
            return null;
        }
    }
}
