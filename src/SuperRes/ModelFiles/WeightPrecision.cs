using System.Text.Json.Serialization;
using SuperRes.Networks;

namespace SuperRes.ModelFiles;

/// <summary>How a file stores a network's values. In memory they are float32.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WeightPrecision>))]
public enum WeightPrecision
{
    /// <summary>IEEE 754 binary32: exactly what was trained.</summary>
    Float32,

    /// <summary>IEEE 754 binary16: half the size, 11 bits of precision.</summary>
    Float16,

    /// <summary>The upper half of a binary32: 8 bits of precision. Read, never written.</summary>
    BFloat16,
}
