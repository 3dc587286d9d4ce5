using System.Buffers.Binary;
using System.Text;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>Gathers what libvips does not pass on of HEIF and AVIF: the colour space that a file without an ICC profile names by numbers (ISO/IEC 14496-12, 12.1.5).</summary>
internal static class HeifExtras
{
    // ITU-T H.273: BT.709's primaries; its curve under three numbers, the one for 12 bits, and sRGB's.
    private static readonly ushort[] SrgbPrimaries = [1, Unspecified];
    private static readonly ushort[] SrgbTransfers = [1, Unspecified, 6, 13, 14, 15];

    private const ushort Unspecified = 2;
    private const int MostBoxes = 10_000;

    /// <summary>
    /// Reads the file that starts where the stream stands. Which of its images (thumbnails, gain maps) a name is of is not
    /// looked up: where they differ, or one has a profile, none is taken.
    /// </summary>
    public static FileExtras Read(Stream file)
    {
        var colors = Boxes(file, file.Position, file.Length)
            .Where(box => box.Type == "meta").SelectMany(meta => Boxes(file, meta.Start + sizeof(uint), meta.End))
            .Where(box => box.Type == "iprp").SelectMany(properties => Boxes(file, properties.Start, properties.End))
            .Where(box => box.Type == "ipco").SelectMany(container => Boxes(file, container.Start, container.End))
            .Where(box => box.Type == "colr").Select(box => ReadColor(file, box.Start, box.End)).ToList();
        return colors.Distinct().ToList() is [{ Kind: "nclx", Primaries: <= byte.MaxValue, Transfer: <= byte.MaxValue } named]
            && !(SrgbPrimaries.Contains(named.Primaries) && SrgbTransfers.Contains(named.Transfer))
            ? new FileExtras { PngChunks = [new PngChunk("cICP", [(byte)named.Primaries, (byte)named.Transfer, 0, 1])] }
            : FileExtras.None;
    }

    private static (string Kind, ushort Primaries, ushort Transfer)? ReadColor(Stream file, long start, long end)
    {
        var data = new byte[8];
        file.Position = start;
        return end - start >= sizeof(uint) && file.ReadAtLeast(data, (int)Math.Min(data.Length, end - start), throwOnEndOfStream: false) >= sizeof(uint)
            ? (Encoding.Latin1.GetString(data, 0, 4), BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(4)), BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(6)))
            : null;
    }

    /// <summary>The boxes between two places, each with where its content starts and ends, up to the first that does not fit.</summary>
    private static IEnumerable<(string Type, long Start, long End)> Boxes(Stream file, long start, long end)
    {
        var head = new byte[16];
        for (var count = 0; count < MostBoxes && start + 8 <= end; count++)
        {
            file.Position = start;
            var length = file.ReadAtLeast(head, (int)Math.Min(head.Length, end - start), throwOnEndOfStream: false);
            var size = length < 8 ? 0 : (long)BinaryPrimitives.ReadUInt32BigEndian(head);
            var content = start + 8;
            if (size == 1 && length == head.Length)
            {
                size = (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(8)));
                content += 8;
            }
            else if (size == 0 && length >= 8)
            {
                size = end - start;
            }

            if (size < content - start || size > end - start)
            {
                yield break;
            }

            yield return (Encoding.Latin1.GetString(head, 4, 4), content, start + size);
            start += size;
        }
    }
}
