using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Which of CBAM's gates is applied first.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CbamOrder>))]
public enum CbamOrder
{
    /// <summary>The channel gate, then the spatial one computed from what it let through.</summary>
    ChannelFirst,

    /// <summary>The spatial gate, then the channel one.</summary>
    SpatialFirst,
}
