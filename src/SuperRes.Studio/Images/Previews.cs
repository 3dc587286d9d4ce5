using Microsoft.AspNetCore.Http;
using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Images;

/// <summary>Makes what a browser can show of any image: PNG, 8 bits, with the colour profile for the browser to apply.</summary>
internal sealed class Previews(StudioOptions options)
{
    /// <summary>For addresses with an id, which names the same pixels for ever.</summary>
    public const string Immutable = "private, max-age=86400, immutable";

    // Each holds a decoded image, so only so many at once.
    private readonly SemaphoreSlim _rendering = new(2);

    /// <summary>An uploaded image, shrunk to a longest side where one is given.</summary>
    public Task<IResult> OfAsync(StoredImage image, int? longestSide, CancellationToken cancellationToken) => RenderAsync(
        () =>
        {
            var loaded = Decode(image, options, cancellationToken);
            return (loaded.Pixels, loaded.Metadata);
        },
        longestSide,
        cancellationToken);

    /// <summary>Pixels from anywhere.</summary>
    public async Task<IResult> RenderAsync(Func<(ImageBuffer Pixels, ImageMetadata Metadata)> read, int? longestSide, CancellationToken cancellationToken)
    {
        await _rendering.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var png = await Task.Run(
                () =>
                {
                    var (pixels, metadata) = read();
                    return Encode(pixels, metadata, longestSide, cancellationToken);
                },
                cancellationToken).ConfigureAwait(false);
            return new PngResult(png);
        }
        finally
        {
            _rendering.Release();
        }
    }

    /// <summary>Decodes an upload whole.</summary>
    public static LoadedImage Decode(StoredImage image, StudioOptions options, CancellationToken cancellationToken) => ImageStore.Naming(
        image.Path, image.Name, () => ImageFile.Read(image.Path, new ImageReadLimits { MaxPixels = options.Limits.Pixels }, cancellationToken));

    private static MemoryStream Encode(ImageBuffer pixels, ImageMetadata metadata, int? longestSide, CancellationToken cancellationToken)
    {
        var shown = Shrink(pixels.ConvertTo(SampleType.UInt8), longestSide, cancellationToken);
        var png = new MemoryStream();
        ImageFile.Write(
            png, shown, new ImageMetadata { IccProfile = metadata.IccProfile }, new ImageWriteOptions { Format = ImageFormat.Png, PngCompression = 1 }, cancellationToken);
        png.Position = 0;
        return png;
    }

    private static ImageBuffer Shrink(ImageBuffer image, int? longestSide, CancellationToken cancellationToken)
    {
        if (longestSide is not { } side || Math.Max(image.Width, image.Height) <= side)
        {
            return image;
        }

        using var bicubic = Upscaler.Load("bicubic");
        var target = image.Width >= image.Height ? TargetSize.FromPixels(side, null) : TargetSize.FromPixels(null, side);
        return bicubic.Upscale(image, target, cancellationToken: cancellationToken);
    }

    private sealed class PngResult(MemoryStream png) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = Immutable;
            return TypedResults.Stream(png, "image/png").ExecuteAsync(httpContext);
        }
    }
}
