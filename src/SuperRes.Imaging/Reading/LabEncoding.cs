namespace SuperRes.Imaging.Reading;

/// <summary>How TIFF stores a* and b*; L* is unsigned over the whole range for 0 to 100 in both.</summary>
internal enum LabEncoding
{
    /// <summary>Signed, 1 per unit in 8 bits and 256 per unit in 16 (TIFF 6.0, section 23).</summary>
    Signed,

    /// <summary>Unsigned with 128 (8-bit) or 32768 (16-bit) for 0, as in ICC profiles (TIFF technical note 4).</summary>
    Offset,
}
