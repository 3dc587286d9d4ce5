using SuperRes.ModelFiles;
using SuperRes.Networks;

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
    /// <param name="name">One of <see cref="Names"/>, a network of the model library, in any case, or a model file's path.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <exception cref="UpscalingException">No method has that name, or the model's file can't be read; the message names the nearest one.</exception>
    public static IUpscalingMethod Load(string name, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= MethodOptions.Default;
        if (ClassicalMethods.TryCreate(name, out var method, options.Threads))
        {
            return method;
        }

        try
        {
            return new NetworkMethod(ModelLibrary.Default.Load(name), options);
        }
        catch (ModelFileException) when (NearestName.Find(name, Names) is { } nearest)
        {
            throw new UpscalingException($"No method is called '{name}'. Did you mean '{nearest}'? Known: {string.Join(", ", Names)}, and networks: superres models list.");
        }
        catch (Exception exception) when (exception is ModelFileException or GraphException)
        {
            throw new UpscalingException(exception.Message, exception);
        }
    }
}
