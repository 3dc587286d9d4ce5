using SuperRes.Engine;

namespace SuperRes.Tests.Engine;

/// <summary>An image in an array (H, W, C), as the engine's source and sink.</summary>
internal sealed class FloatImage(int height, int width, int channels) : IRowSource, IRowSink
{
    public float[] Values { get; } = new float[height * width * channels];

    public static FloatImage Random(int height, int width, int channels, int seed)
    {
        var image = new FloatImage(height, width, channels);
        var random = new Random(seed);
        foreach (ref var value in image.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        return image;
    }

    public void Read(int y, Span<float> row) => Values.AsSpan(y * width * channels, width * channels).CopyTo(row);

    public void Write(int y, ReadOnlySpan<float> row) => row.CopyTo(Values.AsSpan(y * width * channels, width * channels));
}
