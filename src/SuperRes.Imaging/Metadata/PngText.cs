using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace SuperRes.Imaging.Metadata;

/// <summary>A PNG text chunk taken apart (PNG specification, third edition, 11.3.3), its text not yet decompressed.</summary>
/// <param name="Keyword">What the text is, such as <c>Comment</c>.</param>
/// <param name="Stored">The text's bytes as they stand in the chunk.</param>
/// <param name="IsCompressed">Whether they are a zlib stream.</param>
internal sealed record PngText(string Keyword, ReadOnlyMemory<byte> Stored, bool IsCompressed)
{
    /// <summary>Keyword of the text that is an XMP packet.</summary>
    public const string XmpKeyword = "XML:com.adobe.xmp";

    private const int MaxKeywordLength = 79;

    /// <summary>More is not metadata but an attempt to fill the memory.</summary>
    private const int MaxDecompressedLength = 1 << 24;

    /// <summary>The chunk's text; null where it is no text chunk, or none that is whole.</summary>
    public static PngText? TryRead(PngChunk chunk)
    {
        var end = Array.IndexOf(chunk.Data, (byte)0, 0, Math.Min(chunk.Data.Length, MaxKeywordLength + 1));
        if (end < 0)
        {
            return null;
        }

        var keyword = Encoding.Latin1.GetString(chunk.Data, 0, end);
        var rest = chunk.Data.AsMemory(end + 1);
        return chunk.Type switch
        {
            "tEXt" => new PngText(keyword, rest, IsCompressed: false),
            "zTXt" when rest.Length > 0 => new PngText(keyword, rest[1..], IsCompressed: true), // after the compression method
            "iTXt" when rest.Length > 2 => TryReadInternational(keyword, rest),
            _ => null,
        };
    }

    /// <summary>A comment as a chunk; its encoding is not known where it comes from, so it is UTF-8 if it reads as such.</summary>
    public static PngChunk Comment(byte[] text)
    {
        // Some writers end a comment with a zero, which PNG forbids.
        byte[] body = [.. text.AsSpan().TrimEnd((byte)0)];
        body.AsSpan().Replace((byte)0, (byte)' ');
        return !Ascii.IsValid(body) && Utf8.IsValid(body)
            ? new PngChunk("iTXt", [.. "Comment\0"u8, 0, 0, 0, 0, .. body])
            : new PngChunk("tEXt", [.. "Comment\0"u8, .. body]);
    }

    /// <summary>The text's bytes: Latin-1 in tEXt and zTXt, UTF-8 in iTXt. Null where they can't be decompressed.</summary>
    /// <param name="budget">What all texts of a file may still be decompressed into, in bytes; what this one takes is taken off.</param>
    public byte[]? Decode(ref int budget)
    {
        if (!IsCompressed)
        {
            return Stored.ToArray();
        }

        var length = 0;
        try
        {
            using var source = new MemoryStream(Stored.ToArray());
            using var zlib = new ZLibStream(source, CompressionMode.Decompress);
            using var result = new MemoryStream();
            var block = new byte[1 << 16];
            for (int count; (count = zlib.Read(block)) > 0;)
            {
                length += count;
                if (length > Math.Min(MaxDecompressedLength, budget))
                {
                    return null;
                }

                result.Write(block, 0, count);
            }

            return result.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
        finally
        {
            budget = Math.Max(0, budget - length);
        }
    }

    // Compression flag and method, language and translated keyword (each up to a zero), text.
    private static PngText? TryReadInternational(string keyword, ReadOnlyMemory<byte> rest)
    {
        var isCompressed = rest.Span[0] != 0;
        var text = rest[2..];
        for (var i = 0; i < 2; i++)
        {
            var end = text.Span.IndexOf((byte)0);
            if (end < 0)
            {
                return null;
            }

            text = text[(end + 1)..];
        }

        return new PngText(keyword, text, isCompressed);
    }
}
