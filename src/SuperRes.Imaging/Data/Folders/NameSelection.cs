using System.IO.Enumeration;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>
/// Chooses images by name: terms separated by commas, each a name, a pattern (<c>b*</c>) or a range in natural order with
/// both ends included (<c>0801..0850</c>, <c>..0850</c>, <c>0801..</c>).
/// </summary>
internal static class NameSelection
{
    private const string RangeMark = "..";

    /// <exception cref="DatasetException">A term chooses nothing, or there is none.</exception>
    public static IReadOnlyList<DatasetImage> Apply(string terms, IReadOnlyList<DatasetImage> images, string set)
    {
        var parts = terms.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw new DatasetException($"No image of '{set}' is chosen: the names are empty. Give some, or leave them out for all.");
        }

        var chosen = new HashSet<DatasetImage>();
        foreach (var term in parts)
        {
            var found = images.Where(image => Matches(term, image.Name)).ToList();
            chosen.UnionWith(found);
            if (found.Count == 0)
            {
                throw new DatasetException($"'{set}' has no image '{term}'. Its {images.Count} images go from '{images[0].Name}' to '{images[^1].Name}'.");
            }
        }

        return [.. images.Where(chosen.Contains)];
    }

    private static bool Matches(string term, string name)
    {
        var mark = term.IndexOf(RangeMark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return FileSystemName.MatchesSimpleExpression(term, name, ignoreCase: false);
        }

        var (first, last) = (term[..mark], term[(mark + RangeMark.Length)..]);
        return (first.Length == 0 || NaturalOrder.Instance.Compare(first, name) <= 0)
            && (last.Length == 0 || NaturalOrder.Instance.Compare(name, last) <= 0);
    }
}
