using System.Buffers.Binary;
using SuperRes.Imaging.Metadata;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests.Metadata;

/// <summary>Directories that are made to cost more than they hold.</summary>
public sealed class TiffStructureTests
{
    private const int Exif = 34665;
    private const int Gps = 34853;
    private const int Interoperability = 40965;

    [Fact]
    public void ReadTree_OfDirectoriesNamedAgainAndAgain_ReadsEachOnce()
    {
        const int times = 200;
        using var file = new CountingStream([
            .. "II"u8, 42, 0, 8, 0, 0, 0,
            .. Directory(times, Exif, 1 * Length(times)), .. Directory(times, Gps, 2 * Length(times)), .. Directory(times, Interoperability, 2 * Length(times))]);
        var structure = TiffStructure.TryOpen(file)!;

        structure.ReadTree(structure.First, static _ => true);

        // A number and a table for each of three levels, and the beginning.
        Assert.InRange(file.Reads, 1, 10);
    }

    [Fact]
    public void ReadTree_OfFieldsThatShareTheirBytes_HoldsNoMoreThanTheFile()
    {
        const int fields = 100;
        const int blob = 10_000;
        byte[] directory = [.. Number(fields, 2), .. Enumerable.Range(0, fields).SelectMany(i => (byte[])[.. Number(50_000 + i, 2), .. Number(7, 2), .. Number(blob, 4), .. Number(8 + Length(fields), 4)]), .. Number(0, 4)];
        using var file = new MemoryStream([.. "II"u8, 42, 0, 8, 0, 0, 0, .. directory, .. new byte[blob]]);
        var structure = TiffStructure.TryOpen(file)!;

        var tree = structure.ReadTree(structure.First, static _ => true);

        Assert.InRange(tree.Values.Values.Sum(value => value.Bytes.Length), blob, file.Length);
    }

    [Fact]
    public void ReadTree_OfAnOrdinaryBlock_TakesAllOfIt()
    {
        using var file = new MemoryStream(new TiffFile().Ascii(315, new string('j', 5000)).Child(Exif, new TiffFile().Undefined(37500, new byte[9000])).Build());
        var structure = TiffStructure.TryOpen(file)!;

        var tree = structure.ReadTree(structure.First, static _ => true);

        Assert.Equal(5001, tree.Values[315].Bytes.Length);
        Assert.Equal(9000, tree.Children[Exif].Values[37500].Bytes.Length);
    }

    private static int Length(int entries) => 2 + (12 * entries) + 4;

    /// <summary>A directory that names another at <c>8 + offset</c> so many times.</summary>
    private static byte[] Directory(int times, int tag, int offset) =>
        [.. Number(times, 2), .. Enumerable.Repeat((byte[])[.. Number(tag, 2), .. Number(4, 2), .. Number(1, 4), .. Number(8 + offset, 4)], times).SelectMany(entry => entry), .. Number(0, 4)];

    private static byte[] Number(int value, int size)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes[..size];
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            return base.Read(buffer, offset, count);
        }
    }
}
