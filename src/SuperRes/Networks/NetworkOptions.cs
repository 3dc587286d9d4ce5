using System.Text.Json;
using System.Text.Json.Serialization;
using SuperRes.Networks.Architectures;

namespace SuperRes.Networks;

/// <summary>
/// Everything that defines a super-resolution network: its architecture (the record's type; <c>"architecture"</c> in
/// JSON), its scale and its options. Model files and recipes carry it as JSON. The graph it builds takes N, 3, H, W of
/// RGB in [0, 1] and gives N, 3, sH, sW.
/// </summary>
/// <remarks>
/// Options are parameters of the records with their defaults there: a JSON reader generated at compile time leaves
/// properties that a file does not mention at zero otherwise.
/// </remarks>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM; none leaves no trace in the graph.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "architecture", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(EdsrOptions), "edsr")]
[JsonDerivedType(typeof(SrResNetOptions), "srresnet")]
[JsonDerivedType(typeof(EspcnOptions), "espcn")]
[JsonDerivedType(typeof(LapSrnOptions), "lapsrn")]
[JsonDerivedType(typeof(SrcnnOptions), "srcnn")]
[JsonDerivedType(typeof(VdsrOptions), "vdsr")]
[JsonDerivedType(typeof(VitOptions), "vit")]
public abstract record NetworkOptions([property: JsonPropertyOrder(-1)] int Scale, CbamOptions? Attention) : GraphOptions
{
    /// <summary>The scales for which the architecture is defined.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<int> Scales => [2, 3, 4, 8];

    /// <summary>Reads options from JSON (comments allowed), with an <c>"architecture"</c> that names the record.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not of these options; unknown keys are named, with the nearest right one.</exception>
    public static NetworkOptions FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StrictJson.Read(json, NetworkJsonContext.Default.NetworkOptions);
    }

    /// <summary>These options as one line of JSON, which <see cref="FromJson"/> reads back to an equal record.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, NetworkJsonContext.Default.NetworkOptions);

    private protected override void Check(OptionFaults faults)
    {
        faults.UnlessOneOf("scale", Scale, Scales);
        Attention?.Check(faults);
    }
}
