using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>What follows ESPCN's hidden convolutions.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EspcnActivation>))]
public enum EspcnActivation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>Hyperbolic tangent, which the paper found better for luma (section 3.2).</summary>
    Tanh,
}
