using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands;

/// <summary>Where the work runs.</summary>
internal static class Devices
{
    /// <summary>Accepts <c>auto</c> and <c>cpu</c>.</summary>
    /// <exception cref="CommandException">CUDA is asked for, which inference does not use.</exception>
    public static void RequireCpu(string device)
    {
        if (device.StartsWith("cuda", StringComparison.Ordinal))
        {
            throw CommandException.CannotRunHere($"'{device}' was asked for, and this build upscales on the CPU only. Leave --device out, or say --device cpu.");
        }
    }
}
