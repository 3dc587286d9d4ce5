namespace SuperRes.Training.Recipes;

/// <summary>A recipe can't be used. The message lists every fault, one a line.</summary>
public sealed class RecipeException : Exception
{
    /// <summary>With a message for the person who wrote the recipe.</summary>
    public RecipeException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public RecipeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws where there are faults, with all of them.</summary>
    /// <param name="source">What has them: a file's path.</param>
    /// <param name="faults">Each in words.</param>
    internal static void ThrowIfAny(string source, IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        if (all.Length > 0)
        {
            throw new RecipeException($"{source} has {(all.Length == 1 ? "a fault" : $"{all.Length} faults")}:\n{string.Join('\n', all.Select(fault => $"  {fault}"))}");
        }
    }
}
