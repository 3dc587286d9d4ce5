namespace SuperRes.Training.Data;

/// <summary>
/// Chooses the patches of every step as a pure function of (seed, epoch, index), so that a resumed or repeated run sees
/// the same ones and no sampler state is ever saved. In one epoch each image is visited in proportion to its area (at
/// least once), in an order shuffled anew; the place in the image and the symmetry are drawn independently.
/// </summary>
public sealed class PatchSampler
{
    private const ulong ShuffleStream = 1;
    private const ulong PlaceStream = 2;

    private readonly ulong _seed;
    private readonly (int Width, int Height)[] _sizes;
    private readonly int[] _visits;
    private int[] _order = [];
    private long _orderEpoch = -1;

    /// <summary>A sampler over images of the given low-resolution sizes.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="sizes">Low-resolution width and height of each image.</param>
    /// <param name="nominalPatch">The patch side, in low-resolution pixels, that an epoch's length is counted in.</param>
    /// <exception cref="ArgumentException">There are no images.</exception>
    public PatchSampler(ulong seed, IReadOnlyList<(int Width, int Height)> sizes, int nominalPatch)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nominalPatch);
        if (sizes.Count == 0)
        {
            throw new ArgumentException("There are no training images.", nameof(sizes));
        }

        _seed = seed;
        _sizes = [.. sizes];
        var area = (long)nominalPatch * nominalPatch;
        _visits = [.. _sizes.SelectMany((size, image) =>
            Enumerable.Repeat(image, (int)Math.Max(1, ((long)size.Width * size.Height) / area)))];
    }

    /// <summary>Patches in one epoch.</summary>
    public int EpochLength => _visits.Length;

    /// <summary>The patch number <paramref name="index"/> of the run.</summary>
    /// <param name="index">From 0: step * batch + position in the batch.</param>
    /// <param name="patch">Side of the patch in low-resolution pixels; no larger than the smallest image's sides.</param>
    public PatchSample Sample(long index, int patch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (epoch, position) = Math.DivRem(index, EpochLength);
        var image = Order(epoch)[(int)position];
        var (width, height) = _sizes[image];
        var random = new CounterRandom(_seed, PlaceStream, (ulong)index);
        var x = random.Next(width - patch + 1);
        var y = random.Next(height - patch + 1);
        var symmetry = random.Next(8);
        return new PatchSample(image, x, y, (symmetry & 1) != 0, (symmetry & 2) != 0, (symmetry & 4) != 0);
    }

    private int[] Order(long epoch)
    {
        lock (_visits)
        {
            if (_orderEpoch != epoch)
            {
                _order = [.. _visits];
                var random = new CounterRandom(_seed, ShuffleStream, (ulong)epoch);
                for (var i = _order.Length - 1; i > 0; i--)
                {
                    var j = random.Next(i + 1);
                    (_order[i], _order[j]) = (_order[j], _order[i]);
                }

                _orderEpoch = epoch;
            }

            return _order;
        }
    }
}
