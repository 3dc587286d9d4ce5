namespace SuperRes.Imaging.Metadata;

/// <summary>A directory entry as it stands in a file.</summary>
/// <param name="Tag">Tag number.</param>
/// <param name="Type">Field type.</param>
/// <param name="Count">Number of values; not to be trusted.</param>
/// <param name="Inline">The value-or-offset field, in the file's byte order.</param>
/// <param name="Position">Where the entry itself lies, from the structure's start.</param>
internal sealed record IfdEntry(ushort Tag, ushort Type, long Count, byte[] Inline, long Position);
