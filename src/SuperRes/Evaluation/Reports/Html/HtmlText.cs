using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SuperRes.Evaluation.Reports.Html;

/// <summary>Makes any text safe between tags and inside quoted attributes.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(string text) => Encoder.Encode(text);

    /// <summary>A name from outside, kept from turning the writing direction of what follows it.</summary>
    public static string Name(string text) => $"<bdi>{Of(text)}</bdi>";

    /// <summary>A name cut to a length, for where there is little room.</summary>
    public static string Short(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
