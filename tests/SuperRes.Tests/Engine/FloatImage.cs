using SuperRes.Engine;
using SuperRes.Engine.Reference;
using SuperRes.Networks;

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

    /// <summary>What a network makes of this image by the definitions of its operations (H, W, C).</summary>
    public float[] Reference(Graph graph, Weights weights)
    {
        var input = new ReferenceMap(1, channels, height, width).Fill(channels, height, width, (_, c, y, x) => Values[(((y * width) + x) * channels) + c]);
        var output = new ReferenceExecutor(graph, weights).Run(input).Output;
        var values = new float[output.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, output.Channels);
            values[i] = (float)output[0, c, pixel / output.Width, pixel % output.Width];
        }

        return values;
    }
}
