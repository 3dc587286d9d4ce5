using System.Diagnostics.CodeAnalysis;
using SuperRes.Networks;

namespace SuperRes.ModelFiles;

/// <summary>
/// Finds models by what a user types after <c>-m</c>: the name of a file in one of the library's folders, a name of the
/// catalogue, or a path.
/// </summary>
public sealed class ModelLibrary
{
    private readonly IReadOnlyList<string> _folders;

    /// <summary>With folders that hold files called <c>NAME.safetensors</c>; the first that has a name wins. They need not exist.</summary>
    public ModelLibrary(params IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        _folders = folders;
    }

    /// <summary>
    /// The folders in the environment variable <c>SUPERRES_MODELS</c>, separated as in PATH, then the folder
    /// <c>models</c> beside the program.
    /// </summary>
    public static ModelLibrary Default { get; } = new(
    [
        .. (Environment.GetEnvironmentVariable("SUPERRES_MODELS") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Path.Combine(AppContext.BaseDirectory, "models"),
    ]);

    /// <summary>Names of the models in the folders, sorted.</summary>
    public IReadOnlyList<string> Names =>
        [.. _folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"*{ModelFile.Extension}"))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>The file of a model in the folders, or of a path that exists.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out string? path)
    {
        ArgumentNullException.ThrowIfNull(name);
        path = _folders
            .Where(_ => !IsPath(name))
            .Select(folder => FindIn(folder, name))
            .Append(File.Exists(name) ? name : null)
            .FirstOrDefault(file => file is not null);
        return path is not null;
    }

    /// <summary>The file that a model is read from: its own, or one that it is the beginning of; null where its weights are in none.</summary>
    internal string? FileOf(string name) =>
        TryFind(name, out var path) ? path
        : NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry) ? TryFindLarger(entry)
        : null;

    /// <summary>Loads a model. One of the folders is called by its file's name, which is how one asks for it.</summary>
    /// <param name="name">A name, in any case, or a path.</param>
    /// <exception cref="ModelFileException">
    /// There is none of that name, or its file can't be read. Of a network in the catalogue that has no weights here the
    /// message says how to make random ones.
    /// </exception>
    public Model Load(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryLoad(name) ?? throw (NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry) ? WithoutWeights(entry) : Unknown(name));
    }

    /// <summary>Loads a model, or draws random weights for a network of the catalogue that has none here.</summary>
    /// <param name="name">A name, in any case, or a path.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <returns>The model; <see cref="ModelInfo.InitialSeed"/> is set where its weights are random.</returns>
    /// <exception cref="ModelFileException">There is no model or network of that name, or the file can't be read.</exception>
    public Model LoadOrInitialize(string name, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryLoad(name)
            ?? (NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry) ? Model.Initialize(entry.Options, seed, entry.Name) : throw Unknown(name));
    }

    /// <summary>What is known of a model without reading its weights.</summary>
    /// <param name="name">A name, in any case, or a path.</param>
    /// <returns>Its network, and what its file says; null for a network of the catalogue that has no file here.</returns>
    /// <exception cref="ModelFileException">There is no model or network of that name, or the file can't be read.</exception>
    public (NetworkOptions Options, ModelInfo? Info) Describe(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TryFind(name, out var path))
        {
            var (found, info) = ModelFile.Describe(path);
            return (found, Called(info, name, path));
        }

        ThrowIfMissingPath(name);
        if (!NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry))
        {
            throw Unknown(name);
        }

        return TryFindLarger(entry) is { } larger && ModelFile.Describe(larger) is var (options, ofLarger)
            ? (options with { Scale = entry.Options.Scale }, ofLarger.At(entry.Options.Scale) with { Name = entry.Name })
            : (entry.Options, null);
    }

    /// <summary>The file as it is called, or in another case.</summary>
    private static string? FindIn(string folder, string name)
    {
        var exact = Path.Combine(folder, name + ModelFile.Extension);
        return File.Exists(exact) ? exact
            : !Directory.Exists(folder) ? null
            : Directory.EnumerateFiles(folder, $"*{ModelFile.Extension}").Order(StringComparer.Ordinal)
                .FirstOrDefault(file => Path.GetFileNameWithoutExtension(file.AsSpan()).Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private Model? TryLoad(string name)
    {
        if (TryFind(name, out var path))
        {
            var model = ModelFile.Load(path);
            return model.With(Called(model.Info, name, path));
        }

        ThrowIfMissingPath(name);
        return NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry) ? TryReadOutOfLarger(entry) : null;
    }

    private static ModelInfo Called(ModelInfo info, string name, string path) => path == name ? info : info with { Name = Path.GetFileNameWithoutExtension(path) };

    private static void ThrowIfMissingPath(string name)
    {
        if (IsPath(name))
        {
            throw new ModelFileException($"There is no model file '{name}'. Check the path, or use a name from superres models list.");
        }
    }

    private Model? TryReadOutOfLarger(CatalogueEntry entry) =>
        TryFindLarger(entry) is { } path && ModelFile.Load(path).AtScale(entry.Options.Scale) is var model ? model.With(model.Info with { Name = entry.Name }) : null;

    /// <summary>LapSRN's smaller scales are the beginning of its larger models.</summary>
    /// <exception cref="ModelFileException">A larger model's file is damaged.</exception>
    private string? TryFindLarger(CatalogueEntry entry)
    {
        var scale = entry.Options.Scale;
        foreach (var larger in NetworkCatalogue.Entries.Where(other => Family(other) == Family(entry) && other.Options.Scale > scale))
        {
            // A file of that name may hold another network.
            if (TryFind(larger.Name, out var path) && ModelFile.Describe(path).Options is var options && Model.ScalesOf(options.BuildGraph(), options).Contains(scale))
            {
                return path;
            }
        }

        return null;
    }

    private static string Family(CatalogueEntry entry) => entry.Name[..entry.Name.LastIndexOf('-')];

    private static bool IsPath(string name) =>
        name.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) || name.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase);

    private static ModelFileException WithoutWeights(CatalogueEntry entry) => new(
        $"No trained weights of '{entry.Name}' are here. Train some with superres train and name the file, "
        + $"or try the network with random weights: superres models init {entry.Name} --seed 1 -o {entry.Name}{ModelFile.Extension}, then -m {entry.Name}{ModelFile.Extension}.");

    private ModelFileException Unknown(string name)
    {
        IReadOnlyList<string> known = [.. Names, .. NetworkCatalogue.Entries.Select(entry => entry.Name)];
        return new ModelFileException(NearestName.Find(name, known) is { } nearest
            ? $"There is no model '{name}'. Did you mean '{nearest}'?"
            : $"There is no model '{name}'. Use a file, or a name from superres models list.");
    }
}
