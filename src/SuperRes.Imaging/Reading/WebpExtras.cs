using System.Buffers.Binary;

namespace SuperRes.Imaging.Reading;

/// <summary>Gathers what libvips does not pass on of WebP (RFC 9649, 2).</summary>
internal static class WebpExtras
{
    private const int FileHeaderLength = 12;
    private const int FrameHeaderLength = 16;

    /// <summary>Reads the file that starts where the stream stands.</summary>
    public static FileExtras Read(Stream file)
    {
        var hasProfile = false;
        var head = new byte[8];
        file.Position += FileHeaderLength;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var type = head.AsSpan(0, 4);
            var isLossless = type.SequenceEqual("VP8L"u8);
            if (isLossless || type.SequenceEqual("VP8 "u8))
            {
                return new FileExtras { HasIccProfile = hasProfile, IsLosslessWebp = isLossless };
            }

            hasProfile |= type.SequenceEqual("ICCP"u8);

            // An animation's frame has chunks of its own behind its header; the others are padded to even.
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            var next = file.Position + (type.SequenceEqual("ANMF"u8) ? FrameHeaderLength : length + (length & 1));
            if (next > file.Length)
            {
                break;
            }

            file.Position = next;
        }

        return new FileExtras { HasIccProfile = hasProfile };
    }
}
