using System.Globalization;
using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Studio.Models;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Jobs;

/// <summary>Finds out before any work whether a request can be carried out within the limits, and what it will give.</summary>
internal sealed class JobPlanner(ImageStore images, ModelShelf models, StudioOptions options)
{
    private const double LargestScale = 64;

    /// <exception cref="StudioException">It can't; the message says why and what to do.</exception>
    public JobPlan Plan(JobRequest request)
    {
        var image = images.Get(request.Image);
        var model = models.Get(request.Model);
        request.Region?.ThrowUnlessWithin(image.Header.Width, image.Header.Height);
        var (width, height) = Size(request, image, model);
        var format = Format(request, image, width, height);
        var reference = request.Reference is null ? null : JobReference.Find(images.Get(request.Reference), image, request, width, height);
        Lease(image, reference?.Image);
        return new JobPlan(image, reference, model, width, height, format, Stem(request, image));
    }

    private (int Width, int Height) Size(JobRequest request, StoredImage image, ModelView model)
    {
        if (!(request.Scale > 0 && request.Scale <= LargestScale))
        {
            throw StudioException.BadRequest(FormattableString.Invariant($"The scale is {request.Scale}; it is above 0 and at most {LargestScale}."));
        }

        var (fromWidth, fromHeight) = request.Region is { } region ? (region.Width, region.Height) : (image.Header.Width, image.Header.Height);
        var (width, height) = TargetSize.FromScale(request.Scale).For(fromWidth, fromHeight);
        if (model.Scales is [.., var most] && ((long)fromWidth * most < width || (long)fromHeight * most < height))
        {
            throw StudioException.BadRequest(FormattableString.Invariant(
                $"{model.Name} enlarges at most {most} times, and {request.Scale} times was asked for. Ask for a smaller scale, or use a model that makes any: bicubic, lanczos."));
        }

        // A network makes its own scale first, which may be more than what is asked for.
        var made = model.Scales is null ? request.Scale : model.Scales.FirstOrDefault(scale => scale >= request.Scale, model.Scales[^1]);
        var pixels = Math.Max((double)width * height, fromWidth * made * fromHeight * made);
        var bytes = pixels * (int)image.Header.Color * ImageBuffer.BytesPerSample(image.Header.SampleType);
        if (pixels > options.Limits.ResultPixels)
        {
            throw StudioException.TooLarge(string.Create(CultureInfo.InvariantCulture,
                $"The result would take {pixels / 1e6:0.##} megapixels, and this server makes at most {options.Limits.ResultPixels / 1e6:0.##}. Ask for a smaller scale or a region, or start the server with --max-result-pixels."));
        }

        if (bytes > Array.MaxLength)
        {
            throw StudioException.TooLarge(string.Create(CultureInfo.InvariantCulture,
                $"The result would take {bytes / 1e9:0.##} GB without compression, and a server makes at most {Array.MaxLength / 1e9:0.##}. Ask for a smaller scale or a region, or use 'superres upscale'."));
        }

        return (width, height);
    }

    private static ImageFormat Format(JobRequest request, StoredImage image, int width, int height)
    {
        if (request.Quality is < 1 or > 100)
        {
            throw StudioException.BadRequest($"The quality is {request.Quality}; it goes from 1 to 100.");
        }

        var longest = Math.Max(width, height);
        if (request.Format is null)
        {
            var own = image.Header.Format;
            return ImageFormats.IsWritable(own) && longest <= ImageFormats.LongestSide(own) ? own : ImageFormat.Png;
        }

        var format = ParseFormat(request.Format);
        return longest <= ImageFormats.LongestSide(format) ? format : throw StudioException.BadRequest(
            $"The result will have {width} x {height} pixels, and {ImageFormats.Name(format)} allows at most {ImageFormats.LongestSide(format)} a side. Choose PNG or TIFF, or a smaller scale.");
    }

    /// <exception cref="StudioException">There is no such format, or it can't be written here.</exception>
    public static ImageFormat ParseFormat(string name) => ImageFormats.TryParse(name, out var format) && ImageFormats.IsWritable(format)
        ? format
        : throw StudioException.BadRequest(
            $"'{ImageStore.Shown(name)}' is no format that can be written here. Known: {string.Join(", ", ImageFormats.Writable.Select(known => ImageFormats.Extension(known)[1..]))}.");

    private static string Stem(JobRequest request, StoredImage image)
    {
        var part = request.Region is { } region ? string.Create(CultureInfo.InvariantCulture, $"-{region.X}-{region.Y}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{UserFileName.Stem(image.Name)}{part}-x{request.Scale:0.##}");
    }

    private static void Lease(StoredImage image, StoredImage? reference)
    {
        if (!image.TryLease())
        {
            throw StudioException.NotFound($"'{image.Name}' has just been removed. Upload it again.");
        }

        if (reference is not null && !reference.TryLease())
        {
            image.Release();
            throw StudioException.NotFound($"'{reference.Name}' has just been removed. Upload it again.");
        }
    }
}
