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
    /// <returns>Whether there is one of that name.</returns>
    public static bool TryCreate(string name, [NotNullWhen(true)] out IUpscalingMethod? method)
    {
        ArgumentNullException.ThrowIfNull(name);
        method = name.ToLowerInvariant() switch
        {
            "nearest" => new ResamplingMethod("nearest", ResizeKernel.Nearest),
            "bilinear" => new ResamplingMethod("bilinear", ResizeKernel.Bilinear),
            "bicubic" => new ResamplingMethod("bicubic", ResizeKernel.Bicubic),
            "lanczos" => new ResamplingMethod("lanczos", ResizeKernel.Lanczos3),
            "sharpen" => new SharpenMethod("sharpen"),
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
