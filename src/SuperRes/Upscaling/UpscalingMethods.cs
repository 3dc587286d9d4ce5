using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Upscaling;

/// <summary>Every method by name: what stands behind <c>-m</c>.</summary>
public static class UpscalingMethods
{
    private const string Bicubic = "bicubic";
    private const double ScaleWhereNoneIsAsked = 4;

    private static readonly int[] TrainedScales = [2, 3, 4, 8];

    // Ordered by what they reach, also where a larger scale's result is reduced (docs/command-line.md has the numbers). None of them sees the whole image, so time and memory stay in proportion to its size.
    private static readonly string[] Preferred = ["edsr", "espcn"];

    /// <summary>The names that <see cref="Load"/> knows without any model, in the order of a help text; <see cref="ModelLibrary.Names"/> has the networks'.</summary>
    public static IReadOnlyList<string> Names => ClassicalMethods.Names;

    /// <summary>
    /// The method that is used where none is named: the best network in <see cref="ModelLibrary.Default"/> that reaches the scale
    /// asked for, at the smallest scale it is trained for, and bicubic where there is none.
    /// </summary>
    /// <param name="scale">The scale asked for; null where none is, which stands for 4.</param>
    public static string DefaultName(double? scale) => DefaultName(scale, ModelLibrary.Default);

    internal static string DefaultName(double? scale, ModelLibrary library)
    {
        var asked = scale ?? ScaleWhereNoneIsAsked;
        return asked <= 1 ? Bicubic : Preferred
            .SelectMany(family => TrainedScales.Where(trained => trained >= asked).Select(trained => $"{family}-x{trained}"))
            .FirstOrDefault(name => library.TryFind(name, out _), Bicubic);
    }

    /// <summary>Makes a method. The caller disposes it.</summary>
    /// <param name="name">One of <see cref="Names"/>, a network of the model library, in any case, or a model file's path.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is negative.</exception>
    /// <exception cref="UpscalingException">No method has that name, or the model's file can't be read; the message names the nearest one.</exception>
    public static IUpscalingMethod Load(string name, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options = Checked(options);
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

    /// <summary>Makes a network's method of a model that is in memory. The caller disposes it.</summary>
    /// <param name="model">The network and its weights; shared, not changed.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is negative.</exception>
    public static IUpscalingMethod Create(Model model, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new NetworkMethod(model, Checked(options));
    }

    private static MethodOptions Checked(MethodOptions? options)
    {
        options ??= MethodOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(options.TileSize);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MemoryBudget ?? 0);
        return options;
    }
}
