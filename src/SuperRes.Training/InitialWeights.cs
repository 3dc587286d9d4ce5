using SuperRes.Networks;
using SuperRes.Training.Recipes;
using SuperRes.Training.TensorFiles;

namespace SuperRes.Training;

/// <summary>The weights that a run starts from.</summary>
/// <param name="Weights">All of the network's.</param>
/// <param name="Report">In words, what came from the recipe's file and what did not; null without one.</param>
internal sealed record InitialWeights(Weights Weights, string? Report)
{
    private const int Named = 4;

    /// <summary>Draws weights by the recipe's seed, and puts those of its file in their place where name and shape agree.</summary>
    /// <exception cref="TrainingException">The file can't be read, or nothing in it fits.</exception>
    public static InitialWeights Of(Recipe recipe, Graph graph)
    {
        var drawn = Weights.Initialize(graph, recipe.Seed);
        return recipe.Initial is null ? new InitialWeights(drawn, null) : Transfer(drawn, TensorFile.Read(recipe.Initial, _ => true), recipe.Initial);
    }

    private static InitialWeights Transfer(Weights drawn, IReadOnlyDictionary<string, Tensor> file, string path)
    {
        string[] taken = [.. drawn.Names.Where(name => file.TryGetValue(name, out var tensor) && tensor.Shape.SequenceEqual(drawn[name].Shape))];
        string[] reshaped = [.. drawn.Names.Where(file.ContainsKey).Except(taken)];
        string[] absent = [.. drawn.Names.Where(name => !file.ContainsKey(name))];
        string[] unused = [.. file.Keys.Except(drawn.Names)];
        if (taken.Length == 0)
        {
            throw new TrainingException($"Nothing in '{path}' has the name and shape of one of the network's parameters: it has {List(unused.Concat(reshaped))}, and the network {List(drawn.Names)}. Name weights of the same architecture.");
        }

        if (taken.FirstOrDefault(name => file[name].Values.AsSpan().ContainsAnyNonFinite()) is { } broken)
        {
            throw new TrainingException($"'{broken}' in '{path}' holds values that are not finite. Name other weights.");
        }

        string[] parts =
        [
            $"Of the network's {drawn.Names.Count} parameters, {taken.Length} start from '{path}'",
            .. reshaped.Length > 0 ? [$"{reshaped.Length} have another shape there and are drawn ({List(reshaped)})"] : Array.Empty<string>(),
            .. absent.Length > 0 ? [$"{absent.Length} are not in it and are drawn ({List(absent)})"] : Array.Empty<string>(),
            .. unused.Length > 0 ? [$"{unused.Length} of the file are not used ({List(unused)})"] : Array.Empty<string>(),
        ];
        var known = taken.ToHashSet(StringComparer.Ordinal);
        return new InitialWeights(new Weights(drawn.Names.Select(name => KeyValuePair.Create(name, known.Contains(name) ? file[name] : drawn[name]))), $"{string.Join("; ", parts)}.");
    }

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        return all.Length == 0 ? "none" : $"{string.Join(", ", all.Take(Named))}{(all.Length > Named ? ", …" : "")}";
    }
}
