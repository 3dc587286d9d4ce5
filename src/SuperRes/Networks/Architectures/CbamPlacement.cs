using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Where CBAM stands. A network without residual blocks counts each hidden convolution, with its activation, as a block.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CbamPlacement>))]
public enum CbamPlacement
{
    /// <summary>
    /// At the end of each block: after its last convolution and before the skip is added (EDSR, SRResNet), after the
    /// block's addition (LapSRN), after each hidden convolution (ESPCN, SRCNN, VDSR).
    /// </summary>
    BlockEnd,

    /// <summary>After every convolution of every block, with its normalisation and activation.</summary>
    EveryConv,

    /// <summary>Once, after the last layer of feature extraction; in LapSRN once per level.</summary>
    TailOnly,
}
