using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>
/// Runs a network over an image part by part: in windows where it takes one size only (a ViT: its positions are learned),
/// in tiles where they are asked for. Parts overlap, and the middle is kept. An image smaller than a window is continued by
/// mirroring.
/// </summary>
/// <param name="engine">The network.</param>
/// <param name="cut">The parts.</param>
/// <param name="scale">How many times wider and higher the result is.</param>
internal sealed class TiledRun(NetworkEngine engine, TileCut cut, int scale)
{
    /// <summary>Bytes held for an image: itself, its continuation, a band and a part of the result, and the engine's.</summary>
    /// <exception cref="Networks.GraphException">The network can't take a part.</exception>
    public long MemoryFor(int width, int height, int pixelBytes)
    {
        var (partWidth, partHeight) = (cut.LargestWindow(width), cut.LargestWindow(height));
        return Held(width, height, pixelBytes) + engine.LeastBytes(partHeight, partWidth);
    }

    /// <summary>Enlarges an image, band by band.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="sink">Takes the result's rows.</param>
    /// <param name="memoryBudget">Bytes that may be held in all; null for the engine's budget.</param>
    /// <param name="progress">Told the share done; may be null.</param>
    /// <param name="cancellationToken">Looked at within each part.</param>
    public void Run(ImageBuffer image, IImageRowSink sink, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var ofEngine = memoryBudget - Held(image.Width, image.Height, image.Channels * ImageBuffer.BytesPerSample(image.SampleType));
        var padded = Continue(image);
        var result = new ImageBuffer(1, 1, ColorModel.Rgb, image.SampleType);
        for (var y = 0; y < image.Height;)
        {
            var rows = cut.Next(y, image.Height, padded.Height);
            var band = new ImageBuffer(image.Width * scale, rows.Kept * scale, ColorModel.Rgb, image.SampleType);
            for (var x = 0; x < image.Width;)
            {
                var columns = cut.Next(x, image.Width, padded.Width);
                if ((result.Width, result.Height) != (columns.Length * scale, rows.Length * scale))
                {
                    result = new ImageBuffer(columns.Length * scale, rows.Length * scale, ColorModel.Rgb, image.SampleType);
                }

                var source = new ImageSource(padded.Crop(columns.Start, rows.Start, columns.Length, rows.Length));
                engine.Run(rows.Length, columns.Length, source, new ImageSink(result), progress: null, cancellationToken, memoryBudget: ofEngine);
                Copy(result, (x - columns.Start) * scale, (y - rows.Start) * scale, band, x * scale, columns.Kept * scale);
                x += columns.Kept;
                progress?.Report((y + ((double)rows.Kept * x / image.Width)) / image.Height);
            }

            Write(band, sink);
            y += rows.Kept;
        }
    }

    /// <summary>In strips: who takes the rows may keep some of them beside more that it makes of them, and a band can be most of an image.</summary>
    private static void Write(ImageBuffer band, IImageRowSink sink)
    {
        for (var y = 0; y < band.Height; y += EngineRowSink.StripRows)
        {
            sink.Write(band.Crop(0, y, band.Width, Math.Min(EngineRowSink.StripRows, band.Height - y)));
        }
    }

    /// <summary>The image, its continuation, a band and a part of the result.</summary>
    private long Held(int width, int height, int pixelBytes)
    {
        var (partWidth, partHeight) = (cut.LargestWindow(width), cut.LargestWindow(height));
        return (2L * Math.Max(width, cut.LeastLength) * Math.Max(height, cut.LeastLength) * pixelBytes)
            + ((long)partHeight * scale * scale * ((long)Math.Max(width, cut.LeastLength) + partWidth) * pixelBytes);
    }

    private static void Copy(ImageBuffer from, int left, int top, ImageBuffer to, int x, int width)
    {
        var pixelBytes = from.Channels * ImageBuffer.BytesPerSample(from.SampleType);
        for (var row = 0; row < to.Height; row++)
        {
            from.RowBytes(top + row).Slice(left * pixelBytes, width * pixelBytes).CopyTo(to.RowBytes(row)[(x * pixelBytes)..]);
        }
    }

    /// <summary>The image, at least as large as a window.</summary>
    private ImageBuffer Continue(ImageBuffer image)
    {
        if (image.Width >= cut.LeastLength && image.Height >= cut.LeastLength)
        {
            return image;
        }

        var result = new ImageBuffer(Math.Max(image.Width, cut.LeastLength), Math.Max(image.Height, cut.LeastLength), image.Color, image.SampleType);
        var pixelBytes = image.Channels * ImageBuffer.BytesPerSample(image.SampleType);
        for (var y = 0; y < result.Height; y++)
        {
            var source = image.RowBytes(Mirror(y, image.Height));
            var target = result.RowBytes(y);
            for (var x = 0; x < result.Width; x++)
            {
                source.Slice(Mirror(x, image.Width) * pixelBytes, pixelBytes).CopyTo(target[(x * pixelBytes)..]);
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
}
