using Microsoft.AspNetCore.Http;
using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Images;

/// <summary>Makes what a browser can show of any image: PNG, 8 bits, with the colour profile for the browser to apply.</summary>
internal sealed class Previews(TemporaryStorage storage, StudioOptions options)
{
    /// <summary>For addresses with an id, which names the same pixels for ever.</summary>
    public const string Immutable = "private, max-age=86400, immutable";

    // Each may hold a decoded image.
    private const int AtOnce = 2;
    private const int RowsAtOnce = 64;
    private const string What = "The preview";

    private readonly SemaphoreSlim _rendering = new(AtOnce);

    /// <summary>An image file, from row to row: memory does not grow with its size, unless its format or its alpha wants it whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="maxPixels">The most pixels that it may have.</param>
    /// <param name="longestSide">The side in pixels that it is shrunk to; null to keep its size.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IResult> OfFileAsync(string path, string name, long maxPixels, int? longestSide, CancellationToken cancellationToken) => RenderAsync(
        file => ImageStore.Naming(path, name, () =>
        {
            using var reader = ImageRowReader.Open(path, new ImageReadLimits { MaxPixels = maxPixels }, cancellationToken);
            return TemporaryStorage.Storing(file, What, () => Encode(reader, reader.Metadata.IccProfile, longestSide, file, cancellationToken));
        }),
        cancellationToken);

    /// <summary>Pixels from anywhere.</summary>
    public Task<IResult> OfPixelsAsync(Func<ImageBuffer> make, CancellationToken cancellationToken) =>
        RenderAsync(file => TemporaryStorage.Storing(file, What, () => ImageFile.Write(file, make(), null, WriteOptions, cancellationToken)), cancellationToken);

    /// <summary>Decodes an upload whole.</summary>
    public static LoadedImage Decode(StoredImage image, StudioOptions options, CancellationToken cancellationToken) => ImageStore.Naming(
        image.Path, image.Name, () => ImageFile.Read(image.Path, new ImageReadLimits { MaxPixels = options.Limits.Pixels }, cancellationToken));

    private static ImageWriteOptions WriteOptions { get; } = new() { Format = ImageFormat.Png, PngCompression = 1 };

    private async Task<IResult> RenderAsync(Action<string> write, CancellationToken cancellationToken)
    {
        await _rendering.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var path = storage.NewPath(TemporaryStorage.NewId(), ".preview");
            await Task.Run(() => write(path), cancellationToken).ConfigureAwait(false);
            return new PngResult(new FileStream(path, new FileStreamOptions { Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous }));
        }
        finally
        {
            _rendering.Release();
        }
    }

    private IReadOnlyList<string> Encode(IImageRowSource rows, ReadOnlyMemory<byte> profile, int? longestSide, string file, CancellationToken cancellationToken)
    {
        var shown = new EightBitRows(rows);
        var target = longestSide is { } side && side < Math.Max(shown.Width, shown.Height)
            ? shown.Width >= shown.Height ? TargetSize.FromPixels(side, null) : TargetSize.FromPixels(null, side)
            : TargetSize.FromPixels(shown.Width, shown.Height);
        var (width, height) = target.For(shown.Width, shown.Height);
        using var writer = ImageStripWriter.Create(file, width, height, shown.Color, shown.SampleType, new ImageMetadata { IccProfile = profile }, WriteOptions, cancellationToken);
        if ((width, height) == (shown.Width, shown.Height))
        {
            while (shown.Read(RowsAtOnce) is { } strip)
            {
                writer.Write(strip);
            }
        }
        else
        {
            using var bicubic = Upscaler.Load("bicubic");
            bicubic.UpscaleRows(shown, writer, target, new UpscaleOptions { MemoryBudget = options.Limits.JobMemory / AtOnce }, cancellationToken: cancellationToken);
        }

        return writer.Complete();
    }

    private sealed class PngResult(Stream png) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = Immutable;
            return TypedResults.Stream(png, "image/png").ExecuteAsync(httpContext);
        }
    }
}
