namespace SuperRes.Imaging.Data.Download;

/// <summary>What a fetch is doing.</summary>
public enum FetchPhase
{
    /// <summary>Receiving the archive.</summary>
    Downloading,

    /// <summary>Comparing the archive's checksum.</summary>
    Verifying,

    /// <summary>Unpacking the archive.</summary>
    Extracting,
}
