using SuperRes.Cli.CommandLine;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands;

/// <summary>The <c>-m</c> option, and what it means where it is absent.</summary>
internal static class MethodNames
{
    private const double ScaleOfClassicalMethods = 4;

    /// <summary>The scale used where none is asked for: the largest that a network was trained for; 4 for methods that make any.</summary>
    public static double OwnScale(IUpscalingMethod method) => method.Scales.Count == 0 ? ScaleOfClassicalMethods : method.Scales[^1];

    /// <summary>Loads a method and turns what is wrong with the name into a usage error.</summary>
    public static Upscaler Load(string name, MethodOptions options)
    {
        try
        {
            return Upscaler.Load(name, options);
        }
        catch (UpscalingException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }
}
