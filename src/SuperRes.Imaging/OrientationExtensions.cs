using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>Turns stored pixels upright.</summary>
internal static class OrientationExtensions
{
    public static bool SwapsSides(this Orientation orientation) => orientation >= Orientation.Transposed;

    /// <summary>The image as it is to be seen; the image itself where it is upright already.</summary>
    public static ImageBuffer Apply(this Orientation orientation, ImageBuffer stored)
    {
        if (orientation == Orientation.Upright)
        {
            return stored;
        }

        var (width, height) = orientation.SwapsSides() ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        var upright = new ImageBuffer(width, height, stored.Color, stored.SampleType);
        switch (stored.SampleType)
        {
            case SampleType.UInt8:
                Turn<byte>(orientation, stored, upright);
                break;
            case SampleType.UInt16:
                Turn<ushort>(orientation, stored, upright);
                break;
            default:
                Turn<float>(orientation, stored, upright);
                break;
        }

        return upright;
    }

    private static void Turn<T>(Orientation orientation, ImageBuffer stored, ImageBuffer upright)
        where T : unmanaged
    {
        var source = stored.Samples<T>();
        var target = upright.Samples<T>();
        var channels = stored.Channels;
        var (lastX, lastY) = (stored.Width - 1, stored.Height - 1);
        var index = 0;
        for (var y = 0; y < upright.Height; y++)
        {
            for (var x = 0; x < upright.Width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    Orientation.MirroredHorizontally => (lastX - x, y),
                    Orientation.Rotated180 => (lastX - x, lastY - y),
                    Orientation.MirroredVertically => (x, lastY - y),
                    Orientation.Transposed => (y, x),
                    Orientation.NeedsQuarterTurnClockwise => (y, lastY - x),
                    Orientation.Transversed => (lastX - y, lastY - x),
                    Orientation.NeedsQuarterTurnCounterclockwise => (lastX - y, x),
                    _ => (x, y),
                };
                var from = ((fromY * stored.Width) + fromX) * channels;
                source.Slice(from, channels).CopyTo(target.Slice(index, channels));
                index += channels;
            }
        }
    }
}
