namespace SuperRes.Imaging.Metadata;

/// <summary>A PNG chunk that travels from file to file as it stands.</summary>
/// <param name="Type">Four letters, such as <c>gAMA</c>.</param>
/// <param name="Data">The chunk's content, without length, type and checksum.</param>
internal sealed record PngChunk(string Type, byte[] Data);
