using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>A picture's details at a quarter of its size, in which parts of other pictures can be found.</summary>
internal sealed class PictureDetail
{
    private const int Reduction = 4;

    /// <summary>Near the border the band knows what lies beyond it only as a mirror image.</summary>
    private const int Border = 4;

    /// <summary>A whole number of vectors.</summary>
    private const int PartSide = 24;

    private readonly int _width;
    private readonly int _height;
    private readonly float[] _band;
    private readonly double[] _energy;

    private PictureDetail(int width, int height, float[] band)
    {
        (_width, _height, _band) = (width, height, band);
        _energy = Energy();
        Part = StrongestPart();
    }

    /// <summary>The details of an image; null where it is too small to have a part that could be told from others, below 128 pixels.</summary>
    public static PictureDetail? Of(ImageBuffer image)
    {
        var (width, height) = (image.Width / Reduction, image.Height / Reduction);
        return Math.Min(width, height) < PartSide + (2 * Border) ? null : new PictureDetail(width, height, BandPass.Of(GrayReduction.ToSize(image, width, height)));
    }

    /// <summary>The picture's part with most in it.</summary>
    public PicturePart Part { get; }

    /// <summary>
    /// The correlation of all that both pictures show, where the other one is laid over this one so that its part fits best: -1 to 1.
    /// A part alone says little, as one edge is like another.
    /// </summary>
    public double SimilarityTo(PictureDetail other)
    {
        var (x, y) = Find(other.Part);
        return OverlapWith(other, x - other.Part.X, y - other.Part.Y);
    }

    private PicturePart StrongestPart()
    {
        var (bestX, bestY, best) = (Border, Border, -1.0);
        for (var y = Border; y + PartSide + Border <= _height; y++)
        {
            for (var x = Border; x + PartSide + Border <= _width; x++)
            {
                if (EnergyOf(x, y) is var energy && energy > best)
                {
                    (bestX, bestY, best) = (x, y, energy);
                }
            }
        }

        var values = new float[PartSide * PartSide];
        for (var y = 0; y < PartSide; y++)
        {
            _band.AsSpan(((bestY + y) * _width) + bestX, PartSide).CopyTo(values.AsSpan(y * PartSide));
        }

        var contrast = BandPass.Normalize(values);
        return new PicturePart(bestX, bestY, values, contrast);
    }

    /// <summary>Where a part fits best.</summary>
    private (int X, int Y) Find(PicturePart part)
    {
        const int Step = 2;
        var (bestX, bestY, best) = (0, 0, -1.0);
        for (var y = 0; y + PartSide <= _height; y += Step)
        {
            for (var x = 0; x + PartSide <= _width; x += Step)
            {
                if (At(part, x, y) is var similarity && similarity > best)
                {
                    (bestX, bestY, best) = (x, y, similarity);
                }
            }
        }

        return (bestX, bestY);
    }

    /// <summary>The correlation of two pictures where one lies over the other, shifted so far or a sample more or less.</summary>
    private double OverlapWith(PictureDetail other, int x, int y)
    {
        var best = -1.0;
        for (var v = y - 1; v <= y + 1; v++)
        {
            for (var u = x - 1; u <= x + 1; u++)
            {
                best = Math.Max(best, OverlapAt(other, u, v));
            }
        }

        return best;
    }

    private double OverlapAt(PictureDetail other, int x, int y)
    {
        var (left, right) = (Math.Max(0, x) + Border, Math.Min(_width, x + other._width) - Border);
        var (top, bottom) = (Math.Max(0, y) + Border, Math.Min(_height, y + other._height) - Border);
        if (Math.Min(right - left, bottom - top) < PartSide)
        {
            return -1; // So few samples are alike in many pictures.
        }

        double both = 0, here = 0, there = 0;
        for (var v = top; v < bottom; v++)
        {
            for (var u = left; u < right; u++)
            {
                double a = _band[(v * _width) + u], b = other._band[((v - y) * other._width) + u - x];
                both += a * b;
                here += a * a;
                there += b * b;
            }
        }

        return here > 0 && there > 0 ? both / Math.Sqrt(here * there) : -1;
    }

    /// <summary>The correlation of a part with the square at a place.</summary>
    private double At(PicturePart part, int x, int y)
    {
        var energy = EnergyOf(x, y);
        if (energy <= 0)
        {
            return 0;
        }

        ref var here = ref MemoryMarshal.GetArrayDataReference(_band);
        ref var there = ref MemoryMarshal.GetArrayDataReference(part.Values);
        var sums = Vector256<float>.Zero;
        for (var row = 0; row < PartSide; row++)
        {
            for (var column = 0; column < PartSide; column += Vector256<float>.Count)
            {
                sums += Vector256.LoadUnsafe(ref here, (nuint)(((y + row) * _width) + x + column)) * Vector256.LoadUnsafe(ref there, (nuint)((row * PartSide) + column));
            }
        }

        return Vector256.Sum(sums) / Math.Sqrt(energy);
    }

    /// <summary>The sum of squares in a part's square.</summary>
    private double EnergyOf(int x, int y)
    {
        var (stride, left, right) = (_width + 1, x, x + PartSide);
        return _energy[((y + PartSide) * stride) + right] - _energy[((y + PartSide) * stride) + left] - _energy[(y * stride) + right] + _energy[(y * stride) + left];
    }

    /// <summary>Sums of squares above and left of every place.</summary>
    private double[] Energy()
    {
        var stride = _width + 1;
        var sums = new double[stride * (_height + 1)];
        for (var y = 0; y < _height; y++)
        {
            double row = 0;
            for (var x = 0; x < _width; x++)
            {
                var value = _band[(y * _width) + x];
                row += (double)value * value;
                sums[((y + 1) * stride) + x + 1] = sums[(y * stride) + x + 1] + row;
            }
        }

        return sums;
    }
}
