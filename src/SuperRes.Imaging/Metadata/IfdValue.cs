namespace SuperRes.Imaging.Metadata;

/// <summary>One field of a TIFF directory with its bytes at hand.</summary>
/// <param name="Tag">Tag number (TIFF 6.0; EXIF 2.32).</param>
/// <param name="Type">Field type, 1 to 18.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Bytes">The values in the structure's byte order; with <paramref name="IsStored"/>, the entry's own value-or-offset field.</param>
/// <param name="IsStored">Whether longer values already lie in the file where the offset points.</param>
internal sealed record IfdValue(ushort Tag, ushort Type, long Count, byte[] Bytes, bool IsStored = false);
