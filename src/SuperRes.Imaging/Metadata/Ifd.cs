namespace SuperRes.Imaging.Metadata;

/// <summary>A TIFF directory: its fields, and the directories that fields of it point to, by the pointing tag.</summary>
internal sealed class Ifd
{
    public SortedDictionary<ushort, IfdValue> Values { get; } = [];

    public SortedDictionary<ushort, Ifd> Children { get; } = [];

    public bool IsEmpty => Values.Count == 0 && Children.Count == 0;
}
