using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>
/// Gives transparent pixels the colour of their visible neighbours, so that enlarging does not mix whatever lies under
/// the transparency (mostly black) into visible edges. The holes are filled by push and pull: colours are averaged down a
/// pyramid by coverage, and each level's gaps are then filled from the level above it (Gortler et al. 1996, "The Lumigraph",
/// section 3.3).
/// </summary>
internal static class AlphaBleed
{
    /// <summary>
    /// Alpha from which a pixel's own colour counts in full. Below, it was rounded with few bits in most files, so that
    /// its neighbours know better.
    /// </summary>
    private const double TrustedAlpha = 1.0 / 16;

    /// <summary>Fills in place the colour under the transparent parts; an image without any visible pixel stays as it is.</summary>
    /// <param name="color">Gray or RGB.</param>
    /// <param name="alpha">Gray, the same size and sample type; float alpha within 0 to 1.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    public static void Fill(ImageBuffer color, ImageBuffer alpha, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        var pyramid = new Stack<Level>();
        pyramid.Push(Level.HalfOf(new Pixels(color, alpha), maxThreads, cancellationToken));
        while (pyramid.Peek() is { IsOnePixel: false } finest)
        {
            pyramid.Push(Level.HalfOf(finest, maxThreads, cancellationToken));
        }

        var coarse = pyramid.Pop();
        if (coarse.Weight(0, 0) == 0)
        {
            return;
        }

        while (pyramid.TryPop(out var level))
        {
            level.FillFrom(coarse, maxThreads, cancellationToken);
            coarse = level;
        }

        new Pixels(color, alpha).FillFrom(coarse, maxThreads, cancellationToken);
    }

    /// <summary>A picture with a weight for each pixel: how much of its colour is known.</summary>
    private abstract class Layer(int width, int height, int channels)
    {
        public int Width { get; } = width;

        public int Height { get; } = height;

        public int Channels { get; } = channels;

        public abstract double Weight(int x, int y);

        public abstract double Get(int x, int y, int channel);

        /// <summary>Whether a pixel's colour is a number that others can be filled with.</summary>
        public virtual bool IsFinite(int x, int y) => true;

        protected abstract void Set(int x, int y, int channel, double value);

        /// <summary>Blends in the coarser layer, enlarged twice bilinearly, where the own colour is not fully known.</summary>
        public void FillFrom(Level coarse, int maxThreads, CancellationToken cancellationToken) => ParallelRows.Run(
            Height,
            maxThreads,
            (from, to) =>
            {
                for (var y = from; y < to; y++)
                {
                    FillRow(coarse, y);
                }
            },
            cancellationToken);

        private void FillRow(Level coarse, int y)
        {
            for (var x = 0; x < Width; x++)
            {
                var weight = Weight(x, y);
                if (weight >= 1)
                {
                    continue;
                }

                for (var channel = 0; channel < Channels; channel++)
                {
                    var own = weight > 0 ? weight * Get(x, y, channel) : 0;
                    Set(x, y, channel, own + ((1 - weight) * coarse.Between(x, y, channel)));
                }
            }
        }
    }

    /// <summary>The image itself.</summary>
    private sealed class Pixels(ImageBuffer color, ImageBuffer alpha) : Layer(color.Width, color.Height, color.Channels)
    {
        private readonly double _trusted = TrustedAlpha * SampleConversion.PeakOf(alpha.SampleType);
        private readonly double _peak = SampleConversion.PeakOf(color.SampleType);

        public override double Weight(int x, int y) => Math.Clamp(Read(alpha, (y * Width) + x) / _trusted, 0, 1);

        public override double Get(int x, int y, int channel) => Read(color, Index(x, y, channel));

        public override bool IsFinite(int x, int y)
        {
            for (var channel = 0; channel < Channels && color.SampleType == SampleType.Float32; channel++)
            {
                if (!double.IsFinite(Get(x, y, channel)))
                {
                    return false;
                }
            }

            return true;
        }

        protected override void Set(int x, int y, int channel, double value)
        {
            switch (color.SampleType)
            {
                case SampleType.UInt8:
                    color.Samples<byte>()[Index(x, y, channel)] = (byte)SampleConversion.Quantize(value, _peak);
                    break;
                case SampleType.UInt16:
                    color.Samples<ushort>()[Index(x, y, channel)] = (ushort)SampleConversion.Quantize(value, _peak);
                    break;
                default:
                    color.Samples<float>()[Index(x, y, channel)] = (float)value;
                    break;
            }
        }

        private static double Read(ImageBuffer image, int index) => image.SampleType switch
        {
            SampleType.UInt8 => image.Samples<byte>()[index],
            SampleType.UInt16 => image.Samples<ushort>()[index],
            _ => image.Samples<float>()[index],
        };

        private int Index(int x, int y, int channel) => (((y * Width) + x) * Channels) + channel;
    }

    /// <summary>One level of the pyramid.</summary>
    private sealed class Level(int width, int height, int channels) : Layer(width, height, channels)
    {
        private readonly float[] _color = new float[(long)width * height * channels];
        private readonly float[] _weight = new float[(long)width * height];

        public bool IsOnePixel => Width == 1 && Height == 1;

        /// <summary>Each pixel is the weighted mean of up to four of the finer layer, and known as far as they are together.</summary>
        public static Level HalfOf(Layer fine, int maxThreads, CancellationToken cancellationToken)
        {
            var half = new Level((fine.Width + 1) / 2, (fine.Height + 1) / 2, fine.Channels);
            ParallelRows.Run(
                half.Height,
                maxThreads,
                (from, to) =>
                {
                    for (var y = from; y < to; y++)
                    {
                        half.GatherRow(fine, y);
                    }
                },
                cancellationToken);
            return half;
        }

        public override double Weight(int x, int y) => _weight[(y * Width) + x];

        public override double Get(int x, int y, int channel) => _color[(((y * Width) + x) * Channels) + channel];

        /// <summary>The value at a pixel of the next finer layer: 3/4 of the pixel it lies in and 1/4 of the nearer neighbour, each way.</summary>
        public double Between(int fineX, int fineY, int channel)
        {
            var (x, y) = (fineX / 2, fineY / 2);
            var besideX = Math.Clamp(x + ((fineX & 1) == 0 ? -1 : 1), 0, Width - 1);
            var besideY = Math.Clamp(y + ((fineY & 1) == 0 ? -1 : 1), 0, Height - 1);
            return ((9 * Get(x, y, channel)) + (3 * (Get(besideX, y, channel) + Get(x, besideY, channel))) + Get(besideX, besideY, channel)) / 16;
        }

        protected override void Set(int x, int y, int channel, double value) => _color[(((y * Width) + x) * Channels) + channel] = (float)value;

        private void GatherRow(Layer fine, int y)
        {
            for (var x = 0; x < Width; x++)
            {
                var total = 0.0;
                for (var fineY = 2 * y; fineY < Math.Min((2 * y) + 2, fine.Height); fineY++)
                {
                    for (var fineX = 2 * x; fineX < Math.Min((2 * x) + 2, fine.Width); fineX++)
                    {
                        total += Add(fine, fineX, fineY, x, y);
                    }
                }

                _weight[(y * Width) + x] = (float)Math.Min(1, total);
                for (var channel = 0; total > 0 && channel < Channels; channel++)
                {
                    Set(x, y, channel, Get(x, y, channel) / total);
                }
            }
        }

        private double Add(Layer fine, int fineX, int fineY, int x, int y)
        {
            // One that is not a number would reach the pyramid's top, and from there every hole.
            var weight = fine.IsFinite(fineX, fineY) ? fine.Weight(fineX, fineY) : 0;
            for (var channel = 0; weight > 0 && channel < Channels; channel++)
            {
                Set(x, y, channel, Get(x, y, channel) + (weight * fine.Get(fineX, fineY, channel)));
            }

            return weight;
        }
    }
}
