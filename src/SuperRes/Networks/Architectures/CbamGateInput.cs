using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>What CBAM's gates are computed from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CbamGateInput>))]
public enum CbamGateInput
{
    /// <summary>The pooled features: attention.</summary>
    Features,

    /// <summary>
    /// Ones in place of the pooled features: the control with the same parameters, shapes and work, every parameter
    /// trained, whose gates are learned constants and pay attention to nothing.
    /// </summary>
    Constant,
}
