using System.Text.Json;
using System.Text.Json.Serialization;
using SuperRes.Networks.Architectures;

namespace SuperRes.Networks;

/// <summary>The JSON form of options, generated at compile time so that trimmed and ahead-of-time compiled programs can read model files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(NetworkOptions))]
[JsonSerializable(typeof(SrganDiscriminatorOptions))]
[JsonSerializable(typeof(Vgg19Options))]
internal sealed partial class NetworkJsonContext : JsonSerializerContext;
