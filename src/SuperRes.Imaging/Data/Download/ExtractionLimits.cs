namespace SuperRes.Imaging.Data.Download;

/// <summary>How much an archive may unpack into; what goes beyond is a fault or an attack.</summary>
internal sealed record ExtractionLimits
{
    /// <summary>Files and folders in an archive. DIV2K's largest has 3,200.</summary>
    public int Entries { get; init; } = 20_000;

    /// <summary>Unpacked bytes per byte of the archive. Zipped PNG files gain almost nothing, so DIV2K stays near 1.</summary>
    public int Expansion { get; init; } = 20;
}
