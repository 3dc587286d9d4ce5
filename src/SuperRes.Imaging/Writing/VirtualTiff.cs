using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Writing;

/// <summary>The head of an uncompressed BigTIFF in this machine's byte order, whose strips follow it in order.</summary>
internal static class VirtualTiff
{
    private const ushort ShortType = 3;
    private const ushort LongType = 4;
    private const ushort Long8Type = 16;
    private const int MostRowsPerStrip = 16;
    private const long StripBytesToAimFor = 1 << 22;
    private const long UnassociatedAlpha = 2;
    private const int FileHeaderLength = 16;

    public static byte[] Head(int width, int height, int channels, int bytesPerSample)
    {
        var bigEndian = !BitConverter.IsLittleEndian;
        var writer = new IfdWriter(bigEndian, bigTiff: true);
        var rowBytes = (long)width * channels * bytesPerSample;

        // libtiff refuses strips of 50 MB and more, and 16 rows may come to as much.
        var rowsPerStrip = (int)Math.Clamp(StripBytesToAimFor / rowBytes, 1, MostRowsPerStrip);
        var strips = (height + rowsPerStrip - 1) / rowsPerStrip;
        var gray = channels <= 2;
        var directory = new Ifd();
        Add(TiffTag.ImageWidth, LongType, [width]);
        Add(TiffTag.ImageLength, LongType, [height]);
        Add(TiffTag.BitsPerSample, ShortType, [.. Enumerable.Repeat(bytesPerSample * 8L, channels)]);
        Add(TiffTag.Compression, ShortType, [1]); // none
        Add(TiffTag.PhotometricInterpretation, ShortType, [gray ? 1 : 2]); // black is zero; RGB
        Add(TiffTag.SamplesPerPixel, ShortType, [channels]);
        Add(TiffTag.RowsPerStrip, LongType, [rowsPerStrip]);
        Add(TiffTag.StripByteCounts, Long8Type, [.. Enumerable.Range(0, strips).Select(StripBytes)]);
        Add(TiffTag.SampleFormat, ShortType, [.. Enumerable.Repeat(bytesPerSample == sizeof(float) ? 3L : 1L, channels)]); // IEEE; unsigned
        if (channels is 2 or 4)
        {
            Add(TiffTag.ExtraSamples, ShortType, [UnassociatedAlpha]);
        }

        // The offsets' size is known before their values: written once to measure, then for good.
        Add(TiffTag.StripOffsets, Long8Type, new long[strips]);
        var headLength = FileHeaderLength + writer.Write(directory, FileHeaderLength).Length;
        Add(TiffTag.StripOffsets, Long8Type, [.. Enumerable.Range(0, strips).Select(i => headLength + (i * rowsPerStrip * rowBytes))]);
        return
        [
            .. bigEndian ? "MM"u8 : "II"u8, .. writer.Number(43, 2), .. writer.Number(8, 2), .. writer.Number(0, 2),
            .. writer.Number(FileHeaderLength, 8), .. writer.Write(directory, FileHeaderLength),
        ];

        long StripBytes(int strip) => Math.Min(rowsPerStrip, height - (strip * rowsPerStrip)) * rowBytes;

        void Add(ushort tag, ushort type, long[] values) => directory.Values[tag] =
            new IfdValue(tag, type, values.Length, [.. values.SelectMany(v => writer.Number(v, TiffStructure.BytesPerValue(type)))]);
    }
}
