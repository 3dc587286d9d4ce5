using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;

namespace SuperRes.Training.TensorFiles;

/// <summary>Reads named tensors, whatever of three formats a file has: safetensors, PyTorch's zip archive, or PyTorch's older stream of pickles.</summary>
internal static class TensorFile
{
    /// <summary>The tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Whether a name is wanted; the values of others are not read, nor those of whole numbers.</param>
    /// <exception cref="TrainingException">It can't be read, is damaged, or asks for more than tensors.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path, Func<string, bool> wanted)
    {
        try
        {
            Span<byte> start = stackalloc byte[SafetensorsFormat.PrefixLength + 1];
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            return start[..count] switch
            {
                // Safetensors first: its length may begin as the others do.
                [.. { Length: SafetensorsFormat.PrefixLength }, (byte)'{'] => Safetensors(stream, path, wanted),
                [(byte)'P', (byte)'K', 3, 4, ..] => TorchArchive.Read(stream, wanted),
                [PickleReader.Protocol, ..] => TorchStream.Read(stream, wanted),
                _ => Safetensors(stream, path, wanted),
            };
        }
        catch (ModelFileException exception)
        {
            throw new TrainingException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"'{path}' can't be read: {exception.Message.TrimEnd('.')}. Get it again, or save the weights as safetensors.", exception);
        }
    }

    private static Dictionary<string, Tensor> Safetensors(Stream stream, string path, Func<string, bool> wanted) =>
        SafetensorsReader.Read(stream, Path.GetFileName(path), wanted).Tensors.ToDictionary();
}
