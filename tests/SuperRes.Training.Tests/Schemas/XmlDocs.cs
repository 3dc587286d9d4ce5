using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SuperRes.Training.Tests.Schemas;

/// <summary>The documentation comments that the compiler wrote beside an assembly, as plain text.</summary>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    /// <summary>The summary of a type, property or field in one line; null where it has none of its own.</summary>
    public static string? Summary(MemberInfo member)
    {
        var type = member as Type ?? member.DeclaringType!;
        var name = (type.FullName ?? type.Name).Replace('+', '.');
        var key = member switch
        {
            Type => $"T:{name}",
            FieldInfo => $"F:{name}.{member.Name}",
            _ => $"P:{name}.{member.Name}",
        };
        return Files.GetOrAdd(type.Assembly, Read).TryGetValue(key, out var summary) ? Text(summary) : null;
    }

    private static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!);

    private static string Text(XElement element) => Whitespace().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference when reference.IsEmpty => Name(reference),
        XElement other => Text(other),
        _ => "",
    };

    /// <summary>The last part of what a reference names: <c>P:A.B.Best</c> is <c>Best</c>, and <c>M:A.B.Find(C.D)</c> is <c>Find</c>.</summary>
    private static string Name(XElement reference) => reference.Attributes().First().Value.Split('(')[0].Split('.', ':')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
