namespace SuperRes.Upscaling;

/// <summary>Every method by name: what stands behind <c>-m</c>.</summary>
public static class UpscalingMethods
{
    /// <summary>The names that <see cref="Load"/> knows, in the order of a help text.</summary>
    public static IReadOnlyList<string> Names => ClassicalMethods.Names;

    /// <summary>The method that is used where none is named.</summary>
    /// <param name="scale">The scale asked for; null where none is.</param>
    public static string DefaultName(double? scale) => "bicubic";

    /// <summary>Makes a method. The caller disposes it.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <exception cref="UpscalingException">No method has that name; the message names the nearest one.</exception>
    public static IUpscalingMethod Load(string name, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= MethodOptions.Default;
        if (ClassicalMethods.TryCreate(name, out var method, options.Threads))
        {
            return method;
        }

        var nearest = NearestName.Find(name, Names) is { } guess ? $" Did you mean '{guess}'?" : "";
        throw new UpscalingException($"No method is called '{name}'.{nearest} Known: {string.Join(", ", Names)}.");
    }
}
