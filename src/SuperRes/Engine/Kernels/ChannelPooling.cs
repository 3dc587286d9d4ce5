using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Mean and maximum over the channels of each pixel of a row, each channel first multiplied by its gate.</summary>
internal static unsafe class ChannelPooling<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="row">Pixels of <paramref name="stride"/> values.</param>
    /// <param name="stride">Values per pixel; a multiple of the vector.</param>
    /// <param name="gates">A factor per channel; 0 for channels that only fill up.</param>
    /// <param name="floor">Added per channel for the maximum: 0, or minus infinity for channels that only fill up.</param>
    /// <param name="channels">Channels that count.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float* row, int width, int stride, float* gates, float* floor, int channels, float* means, float* maxima)
    {
        var share = 1f / channels;
        for (var x = 0; x < width; x++, row += stride)
        {
            var sum = TSimd.Zero;
            var largest = TSimd.Broadcast(float.NegativeInfinity);
            for (var c = 0; c < stride; c += TSimd.Count)
            {
                var value = TSimd.Load(row + c) * TSimd.Load(gates + c);
                sum += value;
                largest = TSimd.Max(largest, value + TSimd.Load(floor + c));
            }

            means[x] = TSimd.Sum(sum) * share;
            maxima[x] = TSimd.Largest(largest);
        }
    }
}
