namespace SuperRes.Networks;

/// <summary>A dense array of float32 in row-major order (the last dimension varies fastest).</summary>
public sealed class Tensor
{
    /// <summary>Wraps values without copying.</summary>
    /// <exception cref="ArgumentException">The shape's product is not the number of values.</exception>
    public Tensor(IReadOnlyList<int> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (count != values.Length)
        {
            throw new ArgumentException($"Shape [{string.Join(", ", shape)}] has {count} values, got {values.Length}.", nameof(values));
        }

        Shape = shape;
        Values = values;
    }

    /// <summary>Dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, not copied.</summary>
    public float[] Values { get; }
}
