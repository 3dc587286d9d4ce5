using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Mean and maximum over the channels of each pixel of a row, each channel first multiplied by its gate.</summary>
internal static unsafe class ChannelPooling<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Pixels = 4;

    /// <param name="row">Pixels of <paramref name="stride"/> values.</param>
    /// <param name="stride">Values per pixel; a multiple of the vector.</param>
    /// <param name="gates">A factor per channel; 0 for channels that only fill up.</param>
    /// <param name="floor">Added per channel for the maximum: 0, or minus infinity for channels that only fill up.</param>
    /// <param name="channels">Channels that count.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float* row, int width, int stride, float* gates, float* floor, int channels, float* means, float* maxima)
    {
        var share = 1f / channels;
        var x = 0;
        // Four pixels share the loads of the gates; vectors of which every channel counts need no floor.
        for (; x <= width - Pixels && channels == stride; x += Pixels, row += Pixels * stride)
        {
            TSimd sumA = TSimd.Zero, sumB = TSimd.Zero, sumC = TSimd.Zero, sumD = TSimd.Zero;
            var maxA = TSimd.Broadcast(float.NegativeInfinity);
            TSimd maxB = maxA, maxC = maxA, maxD = maxA;
            var pixel = row;
            for (var c = 0; c < stride; c += TSimd.Count, pixel += TSimd.Count)
            {
                var gate = TSimd.Load(gates + c);
                var value = TSimd.Load(pixel) * gate;
                sumA += value;
                maxA = TSimd.Max(maxA, value);
                value = TSimd.Load(pixel + stride) * gate;
                sumB += value;
                maxB = TSimd.Max(maxB, value);
                value = TSimd.Load(pixel + (2 * stride)) * gate;
                sumC += value;
                maxC = TSimd.Max(maxC, value);
                value = TSimd.Load(pixel + (3 * stride)) * gate;
                sumD += value;
                maxD = TSimd.Max(maxD, value);
            }

            Store(sumA, maxA, share, means + x, maxima + x);
            Store(sumB, maxB, share, means + x + 1, maxima + x + 1);
            Store(sumC, maxC, share, means + x + 2, maxima + x + 2);
            Store(sumD, maxD, share, means + x + 3, maxima + x + 3);
        }

        for (; x < width; x++, row += stride)
        {
            var sum = TSimd.Zero;
            var largest = TSimd.Broadcast(float.NegativeInfinity);
            for (var c = 0; c < stride; c += TSimd.Count)
            {
                var value = TSimd.Load(row + c) * TSimd.Load(gates + c);
                sum += value;
                largest = TSimd.Max(largest, value + TSimd.Load(floor + c));
            }

            Store(sum, largest, share, means + x, maxima + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TSimd sum, TSimd largest, float share, float* mean, float* maximum)
    {
        *mean = TSimd.Sum(sum) * share;
        *maximum = TSimd.Largest(largest);
    }
}
