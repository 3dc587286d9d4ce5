using System.Buffers.Binary;
using System.IO.Compression;

namespace SuperRes.Imaging.Tests.Data.Download;

/// <summary>Zip archives for tests, sound and unsound.</summary>
internal static class ZipFiles
{
    public static byte[] Create(params (string Name, byte[] Content)[] entries) =>
        Create(CompressionLevel.NoCompression, _ => { }, entries);

    public static byte[] Create(CompressionLevel compression, Action<ZipArchiveEntry> change, params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = archive.CreateEntry(name, compression);
                change(entry);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Sets the uncompressed size that the central directory (APPNOTE 4.3.12, offset 24) claims for the only entry.</summary>
    public static byte[] ClaimLength(byte[] zip, uint length)
    {
        var changed = (byte[])zip.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(CentralDirectory(zip) + 24), length);
        return changed;
    }

    /// <summary>Sets the encryption bit (APPNOTE 4.4.4) of the only entry.</summary>
    public static byte[] MarkEncrypted(byte[] zip)
    {
        var changed = (byte[])zip.Clone();
        changed[CentralDirectory(zip) + 8] |= 1;
        return changed;
    }

    private static int CentralDirectory(byte[] zip) => zip.AsSpan().IndexOf("PK\x01\x02"u8);
}
