namespace SuperRes.Training.TensorFiles;

/// <summary>A run of values that tensors are views of.</summary>
/// <param name="Key">What the file calls it.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Count">Values.</param>
internal sealed record PickledStorage(string Key, PickleGlobal Type, long Count)
{
    /// <summary>Bytes per value.</summary>
    public int ItemSize => Type switch
    {
        PickleGlobal.Float64 or PickleGlobal.Int64 => 8,
        PickleGlobal.Float16 or PickleGlobal.BFloat16 => 2,
        _ => 4,
    };

    /// <summary>Bytes in all.</summary>
    public long ByteLength => checked(Count * ItemSize);
}
