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

    /// <summary>Whether the profile has its signature, and all that its table of tags points to.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> profile)
    {
        const int tableStart = TagCountPosition + sizeof(uint);
        if (profile.Length < tableStart || !profile[SignaturePosition..].StartsWith("acsp"u8))
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[TagCountPosition..]);
        if (count > (uint)(profile.Length - tableStart) / TagEntryLength)
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

    /// <summary>The colour space of the samples that a whole profile describes: <c>RGB</c>, <c>GRAY</c>, <c>CMYK</c>.</summary>
    public static string Space(ReadOnlySpan<byte> profile) => Encoding.Latin1.GetString(profile.Slice(SpacePosition, 4)).TrimEnd();
}
