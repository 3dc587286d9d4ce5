namespace SuperRes.Studio.Http;

/// <summary>Names that a request lists.</summary>
internal static class RequestNames
{
    /// <summary>Each name once, none where there is no list.</summary>
    /// <param name="names">The list. The serializer refuses null in place of a name, but not within a list.</param>
    /// <param name="field">What the request calls it.</param>
    /// <param name="comparer">Which names are the same.</param>
    /// <exception cref="StudioException">The list has a null.</exception>
    public static IReadOnlyList<string> Distinct(IReadOnlyList<string?>? names, string field, StringComparer comparer)
    {
        var known = (names ?? []).OfType<string>().ToList();
        return known.Count == (names?.Count ?? 0)
            ? [.. known.Distinct(comparer)]
            : throw StudioException.BadRequest($"The list '{field}' has a null. Put a name in its place, or leave it out.");
    }
}
