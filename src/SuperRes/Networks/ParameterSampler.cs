using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SuperRes.Networks;

/// <summary>Draws initial values, the same on every machine.</summary>
internal static class ParameterSampler
{
    public static float[] Sample(Parameter parameter, ulong seed)
    {
        var random = new SplitMix64(Key(parameter.Name, seed));
        var values = new float[parameter.Count];
        switch (parameter.Initializer)
        {
            case Initializer.Constant constant:
                Array.Fill(values, constant.Value);
                break;
            case Initializer.Uniform uniform:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(((2 * NextUnit(ref random)) - 1) * uniform.Bound);
                }

                break;
            case Initializer.Normal normal:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(NextTruncatedNormal(ref random) * normal.StandardDeviation);
                }

                break;
            case Initializer.Bilinear:
                FillBilinear(parameter.Shape, values);
                break;
            default:
                throw new GraphException($"'{parameter.Name}' has an unknown initialiser {parameter.Initializer}.");
        }

        return values;
    }

    private static ulong Key(string name, ulong seed)
    {
        var bytes = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, seed);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(sizeof(ulong)));
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
    }

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    private static double NextUnit(ref SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Marsaglia's polar method, redrawn outside two deviations.</summary>
    private static double NextTruncatedNormal(ref SplitMix64 random)
    {
        while (true)
        {
            var u = (2 * NextUnit(ref random)) - 1;
            var v = (2 * NextUnit(ref random)) - 1;
            var square = (u * u) + (v * v);
            if (square is > 0 and < 1)
            {
                var normal = u * Math.Sqrt(-2 * Math.Log(square) / square);
                if (Math.Abs(normal) <= 2)
                {
                    return normal;
                }
            }
        }
    }

    private static void FillBilinear(IReadOnlyList<int> shape, float[] values)
    {
        var (inputs, outputs, height, width) = (shape[0], shape[1], shape[2], shape[3]);
        for (var c = 0; c < Math.Min(inputs, outputs); c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    values[(((((c * outputs) + c) * height) + y) * width) + x] = Tent(y, height) * Tent(x, width);
                }
            }
        }
    }

    private static float Tent(int position, int kernel)
    {
        var factor = (kernel + 1) / 2;
        var center = kernel % 2 == 1 ? factor - 1f : factor - 0.5f;
        return 1 - (Math.Abs(position - center) / factor);
    }
}
