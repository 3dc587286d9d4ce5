namespace SuperRes.Engine.Reference;

/// <summary>A batch of feature maps in double precision, N, C, H, W in row-major order.</summary>
internal sealed class ReferenceMap
{
    /// <summary>All zero.</summary>
    public ReferenceMap(int batch, int channels, int height, int width)
        : this(batch, channels, height, width, new double[checked(batch * channels * height * width)])
    {
    }

    /// <summary>Wraps values without copying.</summary>
    public ReferenceMap(int batch, int channels, int height, int width, double[] values)
    {
        if (values.Length != checked(batch * channels * height * width))
        {
            throw new ArgumentException($"{batch}x{channels}x{height}x{width} has {batch * channels * height * width} values, got {values.Length}.", nameof(values));
        }

        (Batch, Channels, Height, Width, Values) = (batch, channels, height, width, values);
    }

    /// <summary>N.</summary>
    public int Batch { get; }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>The values, not copied.</summary>
    public double[] Values { get; }

    /// <summary>The value at image n, channel c, row y, column x.</summary>
    public double this[int n, int c, int y, int x]
    {
        get => Values[Offset(n, c, y, x)];
        set => Values[Offset(n, c, y, x)] = value;
    }

    /// <summary>The value, or zero outside the map: what zero padding reads.</summary>
    public double OrZero(int n, int c, int y, int x) =>
        y >= 0 && y < Height && x >= 0 && x < Width ? this[n, c, y, x] : 0;

    /// <summary>The value, or that of the nearest border pixel outside the map.</summary>
    public double OrEdge(int n, int c, int y, int x) =>
        this[n, c, Math.Clamp(y, 0, Height - 1), Math.Clamp(x, 0, Width - 1)];

    /// <summary>A map of this batch and the given shape, each value computed from its position.</summary>
    public ReferenceMap Fill(int channels, int height, int width, Func<int, int, int, int, double> value)
    {
        var result = new ReferenceMap(Batch, channels, height, width);
        for (var n = 0; n < Batch; n++)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        result[n, c, y, x] = value(n, c, y, x);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>The same function of every value.</summary>
    public ReferenceMap Map(Func<double, double> function) =>
        new(Batch, Channels, Height, Width, Array.ConvertAll(Values, value => function(value)));

    /// <summary>One value per channel: a function of all of the channel's values, over batch and positions.</summary>
    public double[] PerChannel(Func<IReadOnlyList<double>, double> function)
    {
        var results = new double[Channels];
        for (var c = 0; c < Channels; c++)
        {
            var values = new List<double>(Batch * Height * Width);
            for (var n = 0; n < Batch; n++)
            {
                values.AddRange(Values.AsSpan(Offset(n, c, 0, 0), Height * Width));
            }

            results[c] = function(values);
        }

        return results;
    }

    /// <summary>Where a value lies in <see cref="Values"/>.</summary>
    public int Offset(int n, int c, int y, int x) => (((((n * Channels) + c) * Height) + y) * Width) + x;
}
