using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>Options of EDSR. The defaults are the published baseline; the paper's large model is 32 blocks, 256 features, residual scale 0.1.</summary>
public sealed record EdsrOptions : NetworkOptions
{
    /// <summary>Residual blocks. 16 in the baseline.</summary>
    public int Blocks { get; init; } = 16;

    /// <summary>Channels of the feature maps. 64 in the baseline.</summary>
    public int Features { get; init; } = 64;

    /// <summary>Factor on each block's residual; 0.1 keeps 256 features stable in training (section 3.3 of the paper).</summary>
    public float ResidualScale { get; init; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Architecture => "edsr";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Scale is not (2 or 3 or 4 or 8))
        {
            faults.Add($"scale is {Scale}, expected 2, 3, 4 or 8");
        }

        if (Blocks is < 1 or > 256)
        {
            faults.Add($"blocks is {Blocks}, expected 1 to 256");
        }

        if (Features is < 1 or > 1024)
        {
            faults.Add($"features is {Features}, expected 1 to 1024");
        }

        if (!(ResidualScale is > 0 and <= 1))
        {
            faults.Add(FormattableString.Invariant($"residualScale is {ResidualScale}, expected above 0 and at most 1"));
        }

        return faults;
    }

    /// <inheritdoc/>
    protected override Graph Build() => Edsr.Build(this);
}
