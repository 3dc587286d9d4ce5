using System.IO.Compression;
using SuperRes.Networks;

namespace SuperRes.Training.TensorFiles;

/// <summary>PyTorch's file format since 1.6: a zip archive of a pickle and one entry per storage.</summary>
internal static class TorchArchive
{
    private const string PickleName = "/data.pkl";
    private const long MaximumPickle = 64 << 20;

    /// <exception cref="InvalidDataException">It is damaged, or asks for more than tensors.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, Func<string, bool> wanted)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(PickleName, StringComparison.Ordinal) && entry.Length <= MaximumPickle)
            ?? throw new InvalidDataException("it is a zip archive without PyTorch's data.pkl");
        var root = pickle.FullName[..^PickleName.Length];
        if (archive.GetEntry($"{root}/byteorder") is { Length: < 16 } order && System.Text.Encoding.ASCII.GetString(Content(order, order.Length)) != "little")
        {
            throw new InvalidDataException("its values are big-endian");
        }

        using var instructions = new MemoryStream(Content(pickle, pickle.Length), writable: false);
        var tensors = StateDict.Of(new PickleReader(instructions).Read(), wanted);
        return StateDict.Load(tensors, stream.Length, storage =>
        {
            var entry = archive.GetEntry($"{root}/data/{storage.Key}") ?? throw new InvalidDataException($"its storage '{storage.Key}' is missing");
            return entry.Length == storage.ByteLength
                ? Content(entry, entry.Length)
                : throw new InvalidDataException($"its storage '{storage.Key}' has {entry.Length} bytes, expected {storage.ByteLength}");
        });
    }

    /// <summary>
    /// Memory is taken as bytes arrive, so that a length that lies costs nothing. PyTorch compresses nothing, and what is not
    /// compressed is no longer than the file: a small one can't be inflated to gigabytes.
    /// </summary>
    private static byte[] Content(ZipArchiveEntry entry, long length)
    {
        if (entry.Length > entry.CompressedLength)
        {
            throw new InvalidDataException($"its entry '{entry.FullName}' is compressed, which PyTorch's never are");
        }

        using var source = entry.Open();
        using var content = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (var count = source.Read(chunk); count > 0; count = source.Read(chunk))
        {
            content.Write(chunk, 0, count);
            if (content.Length > length)
            {
                break;
            }
        }

        return content.Length == length ? content.ToArray() : throw new InvalidDataException($"its entry '{entry.FullName}' is not as long as it says");
    }
}
