using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>What the user asked for, checked and typed.</summary>
internal sealed record UpscaleRequest
{
    /// <summary>Files, folders, patterns, or <c>-</c> for stdin.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>A file, a folder, or <c>-</c> for stdout; null to write beside each input.</summary>
    public string? Output { get; init; }

    /// <summary>The method that the user named; null for the best that is here.</summary>
    public string? Method { get; init; }

    public required MethodOptions MethodOptions { get; init; }

    /// <summary>The scale asked for; null where a size in pixels is, or neither.</summary>
    public double? Scale { get; init; }

    /// <summary>Null for the method's own largest scale.</summary>
    public TargetSize? Size { get; init; }

    public bool SelfEnsemble { get; init; }

    public bool Recursive { get; init; }

    public bool Overwrite { get; init; }

    public bool SkipExisting { get; init; }

    /// <summary>The format of every output; null keeps each input's.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>Quality of formats that have one; null for their defaults.</summary>
    public int? Quality { get; init; }

    /// <summary>Added to each output's name, before the extension.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Images in work at once; 0 chooses.</summary>
    public int Workers { get; init; }
}
