using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>
/// Runs a network that takes one size only (a ViT: its positions are learned) over an image of any size: in overlapping
/// windows, of which the middle is kept. An image smaller than a window is continued by mirroring.
/// </summary>
/// <param name="engine">The network.</param>
/// <param name="window">Side in pixels of the only images it takes.</param>
/// <param name="scale">How many times wider and higher the result is.</param>
internal sealed class WindowedRun(NetworkEngine engine, int window, int scale)
{
    /// <summary>What a window sees beyond what is kept of it, each way: a sixth of it.</summary>
    private readonly int _margin = window / 6;

    /// <summary>Bytes held for an image: itself, its continuation, a band of the result, and the engine's.</summary>
    public long MemoryFor(int width, int height, int pixelBytes) =>
        (2L * Math.Max(width, window) * Math.Max(height, window) * pixelBytes)
        + ((long)window * scale * scale * (Math.Max(width, window) + window) * pixelBytes) + engine.LeastBytes(window, window);

    /// <summary>Enlarges an image, band by band.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="sink">Takes the result's rows.</param>
    /// <param name="progress">Told the share done; may be null.</param>
    /// <param name="cancellationToken">Looked at within each window.</param>
    public void Run(ImageBuffer image, IImageRowSink sink, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var padded = Continue(image);
        var result = new ImageBuffer(window * scale, window * scale, ColorModel.Rgb, image.SampleType);
        for (var y = 0; y < image.Height;)
        {
            var rows = Part.Next(y, image.Height, padded.Height, window, _margin);
            var band = new ImageBuffer(image.Width * scale, rows.Kept * scale, ColorModel.Rgb, image.SampleType);
            for (var x = 0; x < image.Width;)
            {
                var columns = Part.Next(x, image.Width, padded.Width, window, _margin);
                var source = new ImageSource(padded.Crop(columns.Start, rows.Start, window, window));
                engine.Run(window, window, source, new ImageSink(result), progress: null, cancellationToken);
                Copy(result, (x - columns.Start) * scale, (y - rows.Start) * scale, band, x * scale, columns.Kept * scale);
                x += columns.Kept;
            }

            sink.Write(band);
            y += rows.Kept;
            progress?.Report((double)y / image.Height);
        }
    }

    private static void Copy(ImageBuffer from, int left, int top, ImageBuffer to, int x, int width)
    {
        var pixelBytes = from.Channels * ImageBuffer.BytesPerSample(from.SampleType);
        var source = from.Bytes();
        var target = to.Bytes();
        for (var row = 0; row < to.Height; row++)
        {
            source.Slice((((top + row) * from.Width) + left) * pixelBytes, width * pixelBytes)
                .CopyTo(target[(((row * to.Width) + x) * pixelBytes)..]);
        }
    }

    /// <summary>The image, at least as large as a window.</summary>
    private ImageBuffer Continue(ImageBuffer image)
    {
        if (image.Width >= window && image.Height >= window)
        {
            return image;
        }

        var result = new ImageBuffer(Math.Max(image.Width, window), Math.Max(image.Height, window), image.Color, image.SampleType);
        var pixelBytes = image.Channels * ImageBuffer.BytesPerSample(image.SampleType);
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                image.Bytes().Slice(((Mirror(y, image.Height) * image.Width) + Mirror(x, image.Width)) * pixelBytes, pixelBytes)
                    .CopyTo(result.Bytes()[(((y * result.Width) + x) * pixelBytes)..]);
            }
        }

        return result;
    }

    /// <summary>0 1 2 | 2 1 0 | 0 1 2 …</summary>
    private static int Mirror(int position, int length)
    {
        var folded = position % (2 * length);
        return folded < length ? folded : (2 * length) - 1 - folded;
    }

    /// <summary>A window along one side.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="Kept">How many pixels are kept, from the one that is next.</param>
    private readonly record struct Part(int Start, int Kept)
    {
        public static Part Next(int from, int length, int available, int window, int margin)
        {
            var start = Math.Clamp(from - margin, 0, available - window);
            var end = start + window >= length ? length : start + window - margin;
            return new Part(start, end - from);
        }
    }
}
