using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Imaging.Metadata;

/// <summary>Looks at ICC profiles (ICC.1:2022, clause 7).</summary>
internal static class IccProfileBlock
{
    private const int SpacePosition = 16;
    private const int SignaturePosition = 36;
    private const int TagCountPosition = 128;
    private const int TagEntryLength = 12;

    /// <summary>Whether the profile has its signature, and a table of tags with all that it points to.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> profile)
    {
        const int tableStart = TagCountPosition + sizeof(uint);
        if (profile.Length < tableStart || !profile[SignaturePosition..].StartsWith("acsp"u8))
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[TagCountPosition..]);
        if (count == 0 || count > (uint)(profile.Length - tableStart) / TagEntryLength)
        {
            return false;
        }

        for (var i = 0; i < (int)count; i++)
        {
            var entry = profile[(tableStart + (i * TagEntryLength))..];
            if ((long)BinaryPrimitives.ReadUInt32BigEndian(entry[4..]) + BinaryPrimitives.ReadUInt32BigEndian(entry[8..]) > profile.Length)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the profile is whole, of CMYK, and has the table from ink to colour that every such profile has (8.4.2).</summary>
    public static bool ConvertsCmyk(ReadOnlySpan<byte> profile) => IsWhole(profile) && Space(profile) == "CMYK" && HasTag(profile, "A2B0"u8);

    /// <summary>The colour space of the samples that a whole profile describes: <c>RGB</c>, <c>GRAY</c>, <c>CMYK</c>.</summary>
    public static string Space(ReadOnlySpan<byte> profile) => Encoding.Latin1.GetString(profile.Slice(SpacePosition, 4)).TrimEnd();

    private static bool HasTag(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> tag)
    {
        for (var table = whole.Slice(TagCountPosition + sizeof(uint), (int)BinaryPrimitives.ReadUInt32BigEndian(whole[TagCountPosition..]) * TagEntryLength); !table.IsEmpty; table = table[TagEntryLength..])
        {
            if (table.StartsWith(tag))
            {
                return true;
            }
        }

        return false;
    }
}
