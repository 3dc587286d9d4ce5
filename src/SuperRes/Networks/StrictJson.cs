using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SuperRes.Networks;

/// <summary>
/// Reads JSON that people write: every unknown key and every value of the wrong type is told at once, the keys with the
/// nearest right name.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Format = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is not JSON, has keys that the type lacks, or values of the wrong type.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
    {
        using var document = JsonDocument.Parse(json, Format);
        var faults = new List<string>();
        FindFaults(document.RootElement, type, "", faults);
        if (faults.Count > 0)
        {
            throw new JsonException(string.Join(" ", faults));
        }

        return document.Deserialize(type) ?? throw new JsonException($"Expected an object, got {json.Trim()}.");
    }

    private static void FindFaults(JsonElement element, JsonTypeInfo type, string path, List<string> faults)
    {
        if (element.ValueKind == JsonValueKind.Null && type.Kind != JsonTypeInfoKind.None && path.Length > 0)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind != JsonValueKind.Object:
                faults.Add($"{Subject(path)} is {element.GetRawText()}, expected an object.");
                break;
            case JsonTypeInfoKind.Object when type.PolymorphismOptions is { } polymorphism:
                if (Derived(element, polymorphism, path, faults) is { } derived)
                {
                    FindFaultsOfKeys(element, type.Options.GetTypeInfo(derived), path, polymorphism.TypeDiscriminatorPropertyName, faults);
                }

                break;
            case JsonTypeInfoKind.Object:
                FindFaultsOfKeys(element, type, path, discriminator: null, faults);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    FindFaults(item, type.Options.GetTypeInfo(type.ElementType!), $"{path}[{index}]", faults);
                }

                break;
            case JsonTypeInfoKind.None when !Fits(element, type):
                faults.Add($"{Subject(path)} is {element.GetRawText()}, expected {Expected(Nullable.GetUnderlyingType(type.Type) ?? type.Type)}.");
                break;
            default:
                break;
        }
    }

    private static bool Fits(JsonElement element, JsonTypeInfo type)
    {
        try
        {
            element.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Expected(Type type)
    {
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt64 => "a whole number",
            TypeCode.Single or TypeCode.Double => "a number",
            TypeCode.String => "a string",
            _ => $"a value of type {type.Name}",
        };
    }

    private static Type? Derived(JsonElement element, JsonPolymorphismOptions polymorphism, string path, List<string> faults)
    {
        var key = polymorphism.TypeDiscriminatorPropertyName;
        var known = polymorphism.DerivedTypes.Select(derived => $"{derived.TypeDiscriminator}").ToList();
        if (!element.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            faults.Add($"{Prefix(path)}'{key}' is missing; it is one of {string.Join(", ", known)}.");
            return null;
        }

        var name = value.GetString()!;
        if (!known.Contains(name))
        {
            faults.Add($"{Prefix(path)}'{name}' is not known as '{key}'.{DidYouMean(name, known)} Known: {string.Join(", ", known)}.");
            return null;
        }

        return polymorphism.DerivedTypes[known.IndexOf(name)].DerivedType;
    }

    private static void FindFaultsOfKeys(JsonElement element, JsonTypeInfo type, string path, string? discriminator, List<string> faults)
    {
        // A property without getter and setter is one that JSON leaves out.
        var known = type.Properties.Where(property => property.Get is not null || property.Set is not null).ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject().Where(property => property.Name != discriminator))
        {
            if (!known.TryGetValue(property.Name, out var found))
            {
                faults.Add($"{Prefix(path)}'{property.Name}' is not a known key.{DidYouMean(property.Name, known.Keys)} Known: {string.Join(", ", known.Keys)}.");
            }
            else
            {
                FindFaults(property.Value, type.Options.GetTypeInfo(found.PropertyType), path.Length == 0 ? property.Name : $"{path}.{property.Name}", faults);
            }
        }
    }

    private static string Subject(string path) => path.Length == 0 ? "The document" : $"'{path}'";

    private static string Prefix(string path) => path.Length == 0 ? "" : $"{path}: ";

    private static string DidYouMean(string name, IEnumerable<string> known) =>
        NearestName.Find(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
