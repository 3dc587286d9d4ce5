using System.Buffers.Binary;
using SuperRes.Networks;

namespace SuperRes.Training.TensorFiles;

/// <summary>A tensor as a pickle describes it: a view of a storage. Checked to lie inside it, and to have no more values than it.</summary>
internal sealed record PickledTensor
{
    /// <exception cref="InvalidDataException">It does not lie inside its storage, or repeats it to more values than it has.</exception>
    public PickledTensor(PickledStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > 8 || offset < 0 || shape.Any(size => size is < 0 or > int.MaxValue) || strides.Any(stride => stride is < 0 or > int.MaxValue))
        {
            throw new InvalidDataException("a tensor has a shape that can't be");
        }

        // 128 bits: sizes are up to 2^31 each, and their product must not wrap to something that fits.
        var (count, last) = ((Int128)1, (Int128)offset);
        for (var i = 0; i < shape.Length; i++)
        {
            count = Int128.Min(count * shape[i], Int128.MaxValue >> 40);
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];
        }

        if (count > int.MaxValue / sizeof(float) || (count > 0 && last >= storage.Count))
        {
            throw new InvalidDataException($"a tensor of shape [{string.Join(", ", shape)}] lies outside its storage of {storage.Count} values");
        }

        // Strides of 0 repeat values. No weights are stored so, and a few bytes could ask for gigabytes.
        if (count > storage.Count)
        {
            throw new InvalidDataException($"a tensor of shape [{string.Join(", ", shape)}] repeats its storage of {storage.Count} values");
        }

        (Storage, Offset, Shape, Strides, Count) = (storage, offset, shape, strides, (int)count);
    }

    public PickledStorage Storage { get; }

    public long Offset { get; }

    public long[] Shape { get; }

    public long[] Strides { get; }

    public int Count { get; }

    /// <summary>The values in row-major order.</summary>
    /// <param name="bytes">The whole storage, little-endian.</param>
    public Tensor ToTensor(ReadOnlySpan<byte> bytes)
    {
        var values = new float[Count];
        var index = new long[Shape.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var place = Offset;
            for (var d = 0; d < index.Length; d++)
            {
                place += index[d] * Strides[d];
            }

            values[i] = Value(bytes[checked((int)(place * Storage.ItemSize))..]);
            for (var d = index.Length - 1; d >= 0 && ++index[d] == Shape[d]; d--)
            {
                index[d] = 0;
            }
        }

        return new Tensor([.. Shape.Select(size => (int)size)], values);
    }

    private float Value(ReadOnlySpan<byte> bytes) => Storage.Type switch
    {
        PickleGlobal.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        PickleGlobal.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        PickleGlobal.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        _ => BinaryPrimitives.ReadSingleLittleEndian(bytes),
    };
}
