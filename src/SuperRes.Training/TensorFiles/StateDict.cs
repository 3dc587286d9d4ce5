using SuperRes.Networks;

namespace SuperRes.Training.TensorFiles;

/// <summary>The tensors of an unpickled dictionary of weights.</summary>
internal static class StateDict
{
    /// <summary>Layers may share weights, which are then there under several names; a network of this many values for each byte of its file is none.</summary>
    private const long MaximumValuesPerByte = 16;

    /// <summary>All tensors by name, with whether their values are wanted. A training checkpoint's <c>state_dict</c> or <c>params</c> is looked into.</summary>
    /// <exception cref="InvalidDataException">It is no dictionary of tensors.</exception>
    public static IReadOnlyDictionary<string, (PickledTensor Tensor, bool Wanted)> Of(object? content, Func<string, bool> wanted)
    {
        var dictionary = content as Dictionary<object, object?> ?? throw new InvalidDataException("it holds no dictionary of weights");
        foreach (var inner in new[] { "state_dict", "params_ema", "params" })
        {
            dictionary = dictionary.GetValueOrDefault(inner) as Dictionary<object, object?> ?? dictionary;
        }

        return dictionary.Where(pair => pair is { Key: string, Value: PickledTensor })
            .ToDictionary(pair => (string)pair.Key, pair => ((PickledTensor)pair.Value!, IsWanted((string)pair.Key, (PickledTensor)pair.Value!)), StringComparer.Ordinal);

        bool IsWanted(string name, PickledTensor tensor) => tensor.Storage.Type != PickleGlobal.Int64 && wanted(name);
    }

    /// <summary>The storages of all tensors by key.</summary>
    public static Dictionary<string, PickledStorage> Storages(IReadOnlyDictionary<string, (PickledTensor Tensor, bool Wanted)> tensors) =>
        tensors.Values.Select(item => item.Tensor.Storage).DistinctBy(storage => storage.Key).ToDictionary(storage => storage.Key, StringComparer.Ordinal);

    /// <summary>Reads the wanted tensors' values, each storage once.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="fileLength">Bytes of the file they are in.</param>
    /// <param name="read">The bytes of a storage.</param>
    /// <exception cref="InvalidDataException">They have far more values than the file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(
        IReadOnlyDictionary<string, (PickledTensor Tensor, bool Wanted)> tensors, long fileLength, Func<PickledStorage, byte[]> read)
    {
        var values = tensors.Values.Where(item => item.Wanted).Sum(item => (long)item.Tensor.Count);
        if (values > MaximumValuesPerByte * fileLength)
        {
            throw new InvalidDataException($"its tensors have {values} values in all, and the file only {fileLength} bytes");
        }

        var loaded = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var storage in tensors.Where(item => item.Value.Wanted).GroupBy(item => item.Value.Tensor.Storage))
        {
            var bytes = read(storage.Key);
            foreach (var (name, (tensor, _)) in storage)
            {
                loaded[name] = tensor.ToTensor(bytes);
            }
        }

        return loaded;
    }
}
