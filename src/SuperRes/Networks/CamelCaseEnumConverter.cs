using System.Text.Json;
using System.Text.Json.Serialization;

namespace SuperRes.Networks;

/// <summary>Writes an enumeration as a camelCase string and reads no numbers.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
