using System.Diagnostics.CodeAnalysis;
using SuperRes.Resampling;

namespace SuperRes.Upscaling;

/// <summary>The upscaling methods that need no training, by the names a user types after <c>-m</c>.</summary>
public static class ClassicalMethods
{
    /// <summary><c>nearest</c>, <c>bilinear</c>, <c>bicubic</c>, <c>lanczos</c> (three lobes) and <c>sharpen</c> (the paper's baseline).</summary>
    public static IReadOnlyList<string> Names { get; } = ["nearest", "bilinear", "bicubic", "lanczos", "sharpen"];

    /// <summary>Makes the method of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <param name="method">The method; nothing it holds needs disposing.</param>
    /// <param name="maxThreads">Threads to use at most; 0 for one per processor. The result does not depend on it.</param>
    /// <returns>Whether there is one of that name.</returns>
    public static bool TryCreate(string name, [NotNullWhen(true)] out IUpscalingMethod? method, int maxThreads = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        method = name.ToLowerInvariant() switch
        {
            "nearest" => new ResamplingMethod("nearest", ResizeKernel.Nearest, maxThreads),
            "bilinear" => new ResamplingMethod("bilinear", ResizeKernel.Bilinear, maxThreads),
            "bicubic" => new ResamplingMethod("bicubic", ResizeKernel.Bicubic, maxThreads),
            "lanczos" => new ResamplingMethod("lanczos", ResizeKernel.Lanczos3, maxThreads),
            "sharpen" => new SharpenMethod("sharpen", maxThreads),
            _ => null,
        };
        return method is not null;
    }

    /// <summary>Makes the method of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IUpscalingMethod Create(string name) =>
        TryCreate(name, out var method)
            ? method
            : throw new ArgumentException($"There is no classical method '{name}'. Use one of: {string.Join(", ", Names)}.", nameof(name));
}
