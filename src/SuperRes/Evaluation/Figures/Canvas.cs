using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>An 8-bit RGB picture to put other pictures, frames and text on.</summary>
internal sealed class Canvas
{
    private readonly ImageBuffer _image;

    public Canvas(int width, int height, RgbColor background)
    {
        _image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        Fill(0, 0, width, height, background);
    }

    /// <summary>The picture so far; not a copy.</summary>
    public ImageBuffer Image => _image;

    /// <summary>Fills a rectangle; what lies outside is left out.</summary>
    public void Fill(int x, int y, int width, int height, RgbColor color)
    {
        for (var row = Math.Max(0, y); row < Math.Min(_image.Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(_image.Width, x + width); column++)
            {
                Set(column, row, color, 1);
            }
        }
    }

    /// <summary>Draws a frame of the given thickness around a rectangle, outside it.</summary>
    public void Frame(int x, int y, int width, int height, int thickness, RgbColor color)
    {
        Fill(x - thickness, y - thickness, width + (2 * thickness), thickness, color);
        Fill(x - thickness, y + height, width + (2 * thickness), thickness, color);
        Fill(x - thickness, y, thickness, height, color);
        Fill(x + width, y, thickness, height, color);
    }

    /// <summary>Draws an 8-bit gray or RGB picture at a size, each pixel as a block: what a model made is shown, nothing else.</summary>
    public void Draw(ImageBuffer picture, int x, int y, int width, int height)
    {
        var samples = picture.Samples<byte>();
        for (var row = 0; row < height; row++)
        {
            var source = (int)((long)row * picture.Height / height) * picture.RowLength;
            for (var column = 0; column < width; column++)
            {
                var s = source + ((int)((long)column * picture.Width / width) * picture.Channels);
                var green = picture.Channels < 3 ? samples[s] : samples[s + 1];
                var blue = picture.Channels < 3 ? samples[s] : samples[s + 2];
                Set(x + column, y + row, new RgbColor(samples[s], green, blue), 1);
            }
        }
    }

    /// <summary>Draws a line of text centred on <paramref name="centerX"/>, shrunk where it is wider than the room.</summary>
    /// <param name="text">One line.</param>
    /// <param name="centerX">Middle of the line, pixels.</param>
    /// <param name="baseline">Baseline, pixels from the top.</param>
    /// <param name="capHeight">Height of capitals, pixels.</param>
    /// <param name="room">Pixels that the line may be wide.</param>
    /// <param name="isBold">Thicker strokes.</param>
    /// <param name="color">Colour of the strokes.</param>
    public void Text(string text, double centerX, double baseline, double capHeight, double room, bool isBold, RgbColor color)
    {
        var line = new StrokeText(text, capHeight);
        if (line.Width > room)
        {
            capHeight *= room / line.Width;
            line = new StrokeText(text, capHeight);
        }

        var radius = capHeight * (isBold ? 0.085 : 0.055);
        var mask = new StrokeMask(line, centerX - (line.Width / 2), baseline, radius);
        for (var row = 0; row < mask.Height; row++)
        {
            for (var column = 0; column < mask.Width; column++)
            {
                Set(mask.X + column, mask.Y + row, color, mask.Coverage(column, row));
            }
        }
    }

    private void Set(int x, int y, RgbColor color, double opacity)
    {
        if (x < 0 || y < 0 || x >= _image.Width || y >= _image.Height || opacity <= 0)
        {
            return;
        }

        var pixel = _image.Row<byte>(y).Slice(x * 3, 3);
        pixel[0] = Mix(pixel[0], color.R, opacity);
        pixel[1] = Mix(pixel[1], color.G, opacity);
        pixel[2] = Mix(pixel[2], color.B, opacity);
    }

    private static byte Mix(byte below, byte above, double opacity) => (byte)Math.Round(below + ((above - below) * opacity));
}
