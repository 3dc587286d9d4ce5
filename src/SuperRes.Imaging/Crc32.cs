namespace SuperRes.Imaging;

/// <summary>
/// The CRC-32 of PNG and zip files (ISO 3309, reflected polynomial 0xEDB88320). .NET has none without a package, and its zip
/// reader does not compare the one that it records.
/// </summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8)
        .Aggregate((uint)value, (rest, _) => (rest & 1) != 0 ? (rest >> 1) ^ 0xEDB88320u : rest >> 1))];

    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var value in bytes)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
    }
}
