using System.Globalization;

namespace SuperRes.Cli.CommandLine;

/// <summary>Numbers of things in words.</summary>
internal static class Counted
{
    /// <summary><c>1 image</c>, <c>1,200 images</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called; several take an s.</param>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
