using System.Buffers.Binary;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// Tells whether a JPEG carries an HDR gain map: a second picture that brightens the first on displays that can. Its
/// marks stand in the first picture's segments: ISO 21496-1's, or Adobe's in XMP.
/// </summary>
internal static class JpegGainMap
{
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;

    /// <summary>Looks through the file that starts where the stream stands.</summary>
    public static bool IsPresent(Stream file)
    {
        Span<byte> marker = stackalloc byte[4];
        file.Position += 2;
        while (file.ReadAtLeast(marker, marker.Length, throwOnEndOfStream: false) == marker.Length && marker[0] == 0xFF && marker[1] != StartOfScan)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(marker[2..]) - 2;
            if (length < 0 || length > file.Length - file.Position)
            {
                return false;
            }

            if (marker[1] is App1 or App2)
            {
                var payload = new byte[length];
                file.ReadExactly(payload);
                if (payload.AsSpan().StartsWith("urn:iso:std:iso:ts:21496:-1\0"u8) || payload.AsSpan().IndexOf("hdrgm:Version"u8) >= 0)
                {
                    return true;
                }
            }
            else
            {
                file.Position += length;
            }
        }

        return false;
    }
}
