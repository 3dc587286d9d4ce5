using System.IO.Compression;
using System.Text;

namespace SuperRes.Training.Tests.TensorFiles;

/// <summary>PyTorch's files of tensors that PyTorch would not write: all are views of one storage '0' of zeros, whose length each tensor gives.</summary>
internal static class PickledFiles
{
    /// <summary>As torch.save writes since 1.6. The storage is as long as the first tensor has it.</summary>
    public static byte[] Archive(
        IReadOnlyList<(string Name, int Storage, int[] Shape, int[] Strides)> tensors, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", Dictionary(tensors, viewed: false));
            Add("archive/data/0", new byte[sizeof(float) * tensors[0].Storage]);

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name, name.EndsWith("pkl", StringComparison.Ordinal) ? CompressionLevel.NoCompression : compression).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>As torch.save wrote before.</summary>
    public static byte[] Stream(IReadOnlyList<(string Name, int Storage, int[] Shape, int[] Strides)> tensors)
    {
        byte[] magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        byte[] version = [0x80, 2, (byte)'M', 0xe9, 3, (byte)'.'];
        byte[] machine = [0x80, 2, (byte)'}', (byte)'.'];
        byte[] keys = [0x80, 2, (byte)']', .. Text("0"), (byte)'a', (byte)'.'];
        return
        [
            .. magic, .. version, .. machine, .. Dictionary(tensors, viewed: true), .. keys,
            .. BitConverter.GetBytes((long)tensors[0].Storage), .. new byte[sizeof(float) * tensors[0].Storage],
        ];
    }

    /// <param name="viewed">Whether storages say that they are no views, as they did before 1.6.</param>
    private static byte[] Dictionary(IReadOnlyList<(string Name, int Storage, int[] Shape, int[] Strides)> tensors, bool viewed)
    {
        var pickle = new List<byte> { 0x80, 2, (byte)'}' };
        foreach (var (name, storage, shape, strides) in tensors)
        {
            pickle.AddRange(
            [
                .. Text(name), .. "ctorch._utils\n_rebuild_tensor_v2\n("u8,
                .. "("u8, .. Text("storage"), .. "ctorch\nFloatStorage\n"u8, .. Text("0"), .. Text("cpu"), .. Number(storage), .. viewed ? "N"u8 : [], .. "tQ"u8,
                .. Number(0), .. Tuple(shape), .. Tuple(strides), .. "tRs"u8,
            ]);
        }

        pickle.Add((byte)'.');
        return [.. pickle];
    }

    private static byte[] Tuple(int[] numbers) => [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];

    private static byte[] Number(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];
}
