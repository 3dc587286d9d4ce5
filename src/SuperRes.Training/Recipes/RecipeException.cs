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
}
