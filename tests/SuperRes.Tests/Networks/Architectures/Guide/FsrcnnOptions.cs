using System.Text.Json.Serialization;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks.Architectures.Guide;

/// <summary>Options of FSRCNN. The defaults are the paper's FSRCNN (56, 12, 4).</summary>
/// <param name="Scale">How many times wider and higher the result is.</param>
/// <param name="Attention">Attention by CBAM, or none.</param>
/// <param name="Features">Channels of extraction and expansion.</param>
/// <param name="Shrunk">Channels of the mapping between them.</param>
/// <param name="Mappings">Convolutions of the mapping.</param>
internal sealed record FsrcnnOptions(
    int Scale = 4,
    CbamOptions? Attention = null,
    int Features = 56,
    int Shrunk = 12,
    int Mappings = 4) : NetworkOptions(Scale, Attention)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "fsrcnn";

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.UnlessInRange("features", Features, 1, 1024);
        faults.UnlessInRange("shrunk", Shrunk, 1, 1024);
        faults.UnlessInRange("mappings", Mappings, 1, 64);
    }

    private protected override Graph Build() => Fsrcnn.Build(this);
}
