using System.Security.Cryptography;
using System.Text;

namespace SuperRes.Evaluation.Reports.Html;

/// <summary>The page's style sheet and script, embedded in the library, and their hashes for the page's content security policy.</summary>
internal static class HtmlAsset
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    /// <summary>Allows nothing but these two and pictures inside the page: no request leaves it, whatever a name contains.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; img-src data:; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using var stream = typeof(HtmlAsset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without its '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
