using System.Buffers.Binary;
using SuperRes.Networks;

namespace SuperRes.Training.TensorFiles;

/// <summary>
/// PyTorch's file format before 1.6, which torchvision's vgg19 still has: pickles of a magic number, a version, the
/// machine, the tensors and the storages' keys, then each storage's length and values.
/// </summary>
internal static class TorchStream
{
    /// <summary>The low 64 bits of 0x1950a86a20f9469cfc6c.</summary>
    private const long Magic = unchecked((long)0xa86a20f9469cfc6c);
    private const long Version = 1001;

    /// <exception cref="InvalidDataException">It is damaged, or asks for more than tensors.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, Func<string, bool> wanted)
    {
        if (new PickleReader(stream).Read() is not Magic || new PickleReader(stream).Read() is not Version)
        {
            throw new InvalidDataException("it is a pickle, and not PyTorch's");
        }

        if (new PickleReader(stream).Read() is Dictionary<object, object?> machine && machine.GetValueOrDefault("little_endian") is false)
        {
            throw new InvalidDataException("its values are big-endian");
        }

        var tensors = StateDict.Of(new PickleReader(stream).Read(), wanted);
        var keys = new PickleReader(stream).Read() as List<object?> ?? throw new InvalidDataException("its list of storages is missing");
        var places = Places(stream, keys, StateDict.Storages(tensors));
        return StateDict.Load(tensors, stream.Length, storage =>
        {
            if (storage.ByteLength > Array.MaxLength)
            {
                throw new InvalidDataException($"its storage '{storage.Key}' has more than 2 GiB");
            }

            stream.Position = places.TryGetValue(storage, out var place) ? place : throw new InvalidDataException($"its storage '{storage.Key}' is missing, or not as its tensors have it");
            var bytes = new byte[storage.ByteLength];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>Where each wanted storage's values begin. The others are passed over by the sizes of their types, which must be known too.</summary>
    private static Dictionary<PickledStorage, long> Places(Stream stream, List<object?> keys, Dictionary<string, PickledStorage> storages)
    {
        var places = new Dictionary<PickledStorage, long>();
        var prefix = new byte[8];
        foreach (var key in keys)
        {
            stream.ReadExactly(prefix);
            var count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (key is not string name || !storages.TryGetValue(name, out var storage) || storage.Count != count || storage.ByteLength > stream.Length - stream.Position)
            {
                throw new InvalidDataException($"its storage '{key}' is not as its tensors have it");
            }

            places[storage] = stream.Position;
            stream.Position += storage.ByteLength;
        }

        return places;
    }
}
