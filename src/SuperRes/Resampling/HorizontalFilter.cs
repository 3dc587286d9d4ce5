using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// Filters along a row of interleaved pixels, one pixel per vector of four lanes. A pixel has one to four samples:
/// lanes beyond them compute values nobody reads, which the next pixel's store overwrites. So all pixel formats take
/// one path without shuffling samples, and need <see cref="Slack"/> samples of room after a row.
/// </summary>
internal static class HorizontalFilter
{
    /// <summary>Samples that must be addressable after the last one of a row.</summary>
    public const int Slack = 3;

    /// <summary>The length of a row that holds all positions that <paramref name="taps"/> reach.</summary>
    public static int PaddedLength(FilterTaps taps, int channels) =>
        ((taps.PadBefore + taps.InputLength + taps.PadAfter) * channels) + Slack;

    /// <summary>The part of a padded row where the row itself belongs.</summary>
    public static Span<double> Interior(Span<double> padded, FilterTaps taps, int channels) =>
        padded.Slice(taps.PadBefore * channels, taps.InputLength * channels);

    /// <summary>Fills the padding beside <see cref="Interior"/> with mirrored pixels.</summary>
    public static void Pad(Span<double> padded, FilterTaps taps, int channels)
    {
        for (var position = -taps.PadBefore; position < 0; position++)
        {
            CopyMirrored(padded, taps, channels, position);
        }

        for (var position = taps.InputLength; position < taps.InputLength + taps.PadAfter; position++)
        {
            CopyMirrored(padded, taps, channels, position);
        }
    }

    /// <summary>Makes one output row.</summary>
    /// <param name="padded">A row padded by <see cref="Pad"/>.</param>
    /// <param name="taps">The weights along x.</param>
    /// <param name="channels">Samples per pixel, 1 to 4.</param>
    /// <param name="target">The output row and <see cref="Slack"/> more samples.</param>
    public static void Apply(ReadOnlySpan<double> padded, FilterTaps taps, int channels, Span<double> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(padded.Length, PaddedLength(taps, channels));
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, (taps.OutputLength * channels) + Slack);
        ref var source = ref MemoryMarshal.GetReference(padded);
        ref var output = ref MemoryMarshal.GetReference(target);
        var first = taps.First;
        for (var x = 0; x < first.Length; x++)
        {
            var weights = taps.Weights(x);
            var position = (nuint)((first[x] + taps.PadBefore) * channels);
            var sum = Vector256<double>.Zero;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += Vector256.LoadUnsafe(ref source, position) * Vector256.Create(weights[k]);
                position += (nuint)channels;
            }

            sum.StoreUnsafe(ref output, (nuint)(x * channels));
        }
    }

    private static void CopyMirrored(Span<double> padded, FilterTaps taps, int channels, int position)
    {
        var from = (taps.PadBefore + taps.Mirror(position)) * channels;
        padded.Slice(from, channels).CopyTo(padded[((taps.PadBefore + position) * channels)..]);
    }
}
