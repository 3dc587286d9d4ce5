using System.Globalization;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>How images are cut into sub-images. The defaults for DIV2K are BasicSR's (<c>extract_subimages.py</c>): 480, 240, 0.</summary>
public sealed record SubImageOptions
{
    /// <summary>Width and height of a sub-image in pixels.</summary>
    public int Size { get; init; } = 480;

    /// <summary>Pixels from one sub-image to the next; less than <see cref="Size"/> makes them overlap.</summary>
    public int Step { get; init; } = 240;

    /// <summary>
    /// Where more than so many pixels are left at the right or lower edge, one more sub-image is cut flush with that edge;
    /// what is left otherwise is not used.
    /// </summary>
    public int Remainder { get; init; }

    /// <summary>
    /// How many times smaller images are made before they are cut, 1 or more and not necessarily whole: 2 takes JPEG's traces
    /// out of photos. MATLAB's antialiased bicubic does it.
    /// </summary>
    public double Shrink { get; init; } = 1;

    /// <summary>Every fault in these options, in words; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Require(Size >= 1, $"The size is {Size}; it must be at least 1.");
        Require(Step >= 1, $"The step is {Step}; it must be at least 1.");
        Require(Remainder >= 0, $"The remainder is {Remainder}; it must not be negative.");
        Require(double.IsFinite(Shrink) && Shrink >= 1, $"The shrink factor is {Shrink}; it must be 1 or more.");
        return faults;

        void Require(bool isRight, FormattableString fault)
        {
            if (!isRight)
            {
                faults.Add(fault.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
