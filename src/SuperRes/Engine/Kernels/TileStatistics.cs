using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Sum and maximum of each channel over a few rows of pixels, taken right after they were written, while they are in the
/// first-level cache: global pooling then needs no pass over the map.
/// </summary>
internal static unsafe class TileStatistics<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="rows">The rows, each at its first pixel.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="target">Receives the sums.</param>
    /// <param name="maximaOffset">Floats from the sums to where the maxima go.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float** rows, int height, int width, nint pixelStride, int channels, float* target, nint maximaOffset)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            var sum = TSimd.Zero;
            var largest = TSimd.Broadcast(float.NegativeInfinity);
            for (var y = 0; y < height; y++)
            {
                var pixel = rows[y] + c;
                for (var x = 0; x < width; x++, pixel += pixelStride)
                {
                    var value = TSimd.Load(pixel);
                    sum += value;
                    largest = TSimd.Max(largest, value);
                }
            }

            sum.Store(target + c);
            largest.Store(target + maximaOffset + c);
        }
    }
}
