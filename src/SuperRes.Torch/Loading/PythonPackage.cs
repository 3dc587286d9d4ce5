using System.Text.RegularExpressions;

namespace SuperRes.Torch.Loading;

/// <summary>What an installed PyTorch says of itself.</summary>
internal static partial class PythonPackage
{
    /// <summary>The version that <c>torch/version.py</c> beside <c>torch/lib</c> names, as in <c>2.10.0+cu128</c>; null where there is none.</summary>
    public static string? VersionOf(string library)
    {
        var file = Path.Combine(library, "..", "version.py");
        return File.Exists(file) && Pattern().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"^__version__\s*=\s*['""]([^'""]+)['""]", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
