using System.Globalization;

namespace SuperRes.Training.Runs;

/// <summary>What files and folders of a step are called: <c>step-0000001000</c>.</summary>
internal static class StepName
{
    /// <summary>What such a name begins with.</summary>
    public const string Prefix = "step-";

    /// <summary>The name of a step, without an extension.</summary>
    public static string Of(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D10}");

    /// <summary>The step in a name without its extension that begins so; null where it is another's.</summary>
    public static long? StepOf(string name) =>
        long.TryParse(name[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
}
