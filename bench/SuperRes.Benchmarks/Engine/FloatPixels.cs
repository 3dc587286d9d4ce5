using SuperRes.Engine;

namespace SuperRes.Benchmarks.Engine;

/// <summary>Pixels in an array (H, W, 3), as the engine's source and sink.</summary>
internal sealed class FloatPixels(int height, int width) : IRowSource, IRowSink
{
    public float[] Values { get; } = new float[3 * height * width];

    public static FloatPixels Noise(int height, int width)
    {
        var pixels = new FloatPixels(height, width);
        var random = new Random(1);
        foreach (ref var value in pixels.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        return pixels;
    }

    public void Read(int y, Span<float> row) => Values.AsSpan(3 * y * width, 3 * width).CopyTo(row);

    public void Write(int y, ReadOnlySpan<float> row) => row.CopyTo(Values.AsSpan(3 * y * width, 3 * width));
}
