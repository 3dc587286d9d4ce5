namespace SuperRes.Imaging.Reading;

/// <summary>How TIFF stores L*a*b*. L* is unsigned, with 0 to 100 over the whole range but where it is said otherwise.</summary>
internal enum LabEncoding
{
    /// <summary>a* and b* signed, 1 per unit in 8 bits and 256 per unit in 16 (TIFF 6.0, section 23).</summary>
    Signed,

    /// <summary>a* and b* unsigned with 128 (8-bit) or 32768 (16-bit) for 0, and 65280 for 100 in L* of 16 bits, as in version 2 of ICC profiles (Adobe Photoshop TIFF Technical Notes, 2002, ICCLAB).</summary>
    Offset,
}
