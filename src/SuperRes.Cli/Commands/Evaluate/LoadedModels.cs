using System.Security.Cryptography;
using SuperRes.Evaluation;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>The models of one evaluation, disposed together.</summary>
internal sealed class LoadedModels : IDisposable
{
    private readonly List<Upscaler> _upscalers = [];
    private readonly IReadOnlyList<string> _names;

    private LoadedModels(IReadOnlyList<string> names) => _names = names;

    public IReadOnlyList<EvaluationModel> Models { get; private set; } = [];

    /// <summary>What reports have to say of how they were run: what the user chose beside their names.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <exception cref="CommandLine.CommandException">A name is no model's.</exception>
    public static LoadedModels Load(IReadOnlyList<string> names, MethodOptions methodOptions, bool selfEnsemble)
    {
        var loaded = new LoadedModels(names);
        try
        {
            foreach (var name in names)
            {
                loaded._upscalers.Add(MethodNames.Load(name, methodOptions));
            }

            // Two files may hold the same network: then the names that the user typed tell them apart.
            var options = new UpscaleOptions { SelfEnsemble = selfEnsemble };
            var areUnique = loaded._upscalers.DistinctBy(upscaler => upscaler.Method.Name, StringComparer.Ordinal).Count() == names.Count;
            loaded.Models = [.. loaded._upscalers.Zip(names, (upscaler, name) =>
                EvaluationModel.From(upscaler, options, areUnique ? null : name) with { WeightsHash = upscaler.Method.ParameterCount > 0 ? WeightsHash(name) : null })];
            loaded.Notes = [.. NotesOn(loaded, names, methodOptions, selfEnsemble)];
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    private static string? WeightsHash(string name)
    {
        if (ModelLibrary.Default.FileOf(name) is not { } path)
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static IEnumerable<string> NotesOn(LoadedModels loaded, IReadOnlyList<string> names, MethodOptions options, bool selfEnsemble)
    {
        foreach (var (model, name) in loaded.Models.Zip(names).Where(pair => !pair.First.Name.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{model.Name} is '{name}'.";
        }

        if (loaded._upscalers.Any(upscaler => upscaler.Method.ParameterCount > 0))
        {
            if (selfEnsemble)
            {
                yield return "Networks' results are means over the eight flips and quarter turns (self-ensemble).";
            }

            if (options.TileSize > 0)
            {
                yield return FormattableString.Invariant($"Networks worked in tiles of {options.TileSize} x {options.TileSize} pixels.");
            }
        }
    }

    /// <summary>What reports call a model, by the name that the user typed or by that itself.</summary>
    /// <exception cref="CommandLine.CommandException">It is none of the models.</exception>
    public string NameOf(string name)
    {
        string[] known = [.. Models.Select(model => model.Name)];
        return _names.Zip(known).Where(pair => pair.First == name).Select(pair => pair.Second).Concat(known.Where(other => other == name)).FirstOrDefault()
            ?? throw CommandLine.CommandException.Usage($"The baseline '{name}' is none of the models: {string.Join(", ", known)}.");
    }

    public void Dispose()
    {
        foreach (var upscaler in _upscalers)
        {
            upscaler.Dispose();
        }
    }
}
