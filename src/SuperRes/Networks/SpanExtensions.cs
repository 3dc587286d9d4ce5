namespace SuperRes.Networks;

internal static class SpanExtensions
{
    /// <summary>Whether any value is NaN or infinite.</summary>
    public static bool ContainsAnyNonFinite(this Span<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }
}
