namespace SuperRes.Networks;

/// <summary>A network is not well formed, or weights do not fit it. The message says what was got and what was expected.</summary>
public sealed class GraphException : Exception
{
    /// <summary>With a message for the person who reads it.</summary>
    public GraphException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public GraphException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static void ThrowIfChannelsDiffer(Operation operation, int expected, FeatureShape input)
    {
        if (input.Channels != expected)
        {
            throw new GraphException($"{operation.Kind} expects {expected} channels, got {input}.");
        }
    }
}
