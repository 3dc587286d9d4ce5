using SuperRes.Engine.Gradients;
using SuperRes.Networks;

namespace SuperRes.Training;

/// <summary>
/// A batch of images or feature maps: N, H, W, C, float32. Images are RGB in [0, 1]. The array is pinned for its life, so
/// that kernels and native libraries can read it in place; there is nothing to dispose.
/// </summary>
public sealed class FeatureBatch
{
    /// <summary>A batch of zeros.</summary>
    public FeatureBatch(int count, int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        Count = count;
        Height = height;
        Width = width;
        Channels = channels;
        Values = GC.AllocateArray<float>(checked(count * height * width * channels), pinned: true);
    }

    /// <summary>A batch over a pinned array of its size.</summary>
    internal FeatureBatch(BatchMap map, float[] values) => (Count, Height, Width, Channels, Values) = (map.Count, map.Height, map.Width, map.Channels, values);

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>All values, N, H, W, C.</summary>
    public float[] Values { get; }

    /// <summary>Whether the other batch has the same four sizes.</summary>
    public bool HasShapeOf(FeatureBatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Count, Height, Width, Channels) == (other.Count, other.Height, other.Width, other.Channels);
    }

    /// <summary>Refuses gradients that are not those of outputs, one for each or null.</summary>
    internal static void ThrowIfUnfit(IReadOnlyList<FeatureBatch?> gradients, IReadOnlyList<FeatureBatch> outputs)
    {
        if (gradients.Count != outputs.Count)
        {
            throw new ArgumentException($"The network has {outputs.Count} outputs, got {gradients.Count} gradients.", nameof(gradients));
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            if (gradients[i] is { } gradient && !gradient.HasShapeOf(outputs[i]))
            {
                throw new ArgumentException($"Output {i} is {outputs[i]}, got a gradient of {gradient}.", nameof(gradients));
            }
        }
    }

    /// <summary>Refuses a batch that is no input of a network.</summary>
    internal void ThrowIfUnfit(Graph graph, string paramName)
    {
        if (Channels != graph.Input.Channels)
        {
            throw new ArgumentException($"The network takes {graph.Input.Channels} channels, got {this}.", paramName);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count}x{Height}x{Width}x{Channels}";
}
