using SuperRes.Metrics;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Jobs;

/// <summary>What a result should be: an uploaded image, or the part of it that belongs to the job's region.</summary>
/// <param name="Image">The image.</param>
/// <param name="Part">The part that corresponds to the result.</param>
internal sealed record JobReference(StoredImage Image, PixelRegion Part)
{
    // Of the result and of the reference: the samples rounded to 8 bits, and luma in double precision.
    private const int MeasuredBytes = 2 * (4 + sizeof(double));

    /// <summary>
    /// Finds the part of a reference that belongs to a result. The reference is of the result's size, or of the whole
    /// picture's at the scale; up to a scale's pixels more at the right and the bottom are cut off, as when the small image
    /// was made of it.
    /// </summary>
    /// <exception cref="StudioException">The sizes don't fit.</exception>
    public static JobReference Find(StoredImage reference, StoredImage image, JobRequest request, int width, int height)
    {
        var (x, y) = (0, 0);
        if (request.Region is { } region && Fits(reference, TargetSize.FromScale(request.Scale).For(image.Header.Width, image.Header.Height), request.Scale))
        {
            (x, y) = ((int)Math.Floor((region.X * request.Scale) + 0.5), (int)Math.Floor((region.Y * request.Scale) + 0.5));
        }
        else if (!Fits(reference, (width, height), request.Scale))
        {
            throw StudioException.BadRequest(
                $"The reference has {reference.Header.Width} x {reference.Header.Height} pixels and the result will have {width} x {height}. Give a reference of the result's size, or of the whole picture's at that scale.");
        }

        return new JobReference(reference, new PixelRegion(
            Math.Min(x, reference.Header.Width - width), Math.Min(y, reference.Header.Height - height), width, height));
    }

    /// <summary>Looks whether a result may be compared: both images are then whole in memory.</summary>
    /// <param name="resultBytes">Bytes of the result's samples.</param>
    /// <param name="allowed">The most bytes that a job may hold in memory.</param>
    /// <exception cref="StudioException">It takes more memory than that.</exception>
    public void ThrowIfTooMuchMemory(long resultBytes, long allowed)
    {
        var header = Image.Header;
        var pixels = (long)Part.Width * Part.Height;
        var needed = resultBytes + (((long)header.Width * header.Height) + pixels) * (int)header.Color * ImageBuffer.BytesPerSample(header.SampleType) + (pixels * MeasuredBytes);
        if (needed > allowed)
        {
            throw StudioException.TooLarge(FormattableString.Invariant(
                $"Comparing with the reference needs about {needed >> 20} MiB of memory, and this server allows {allowed >> 20}. Choose a region, or leave the reference out."));
        }
    }

    /// <summary>The reference's pixels.</summary>
    public ImageBuffer ReadPixels(StudioOptions options, CancellationToken cancellationToken) =>
        Previews.Decode(Image, options, cancellationToken).Pixels.Crop(Part.X, Part.Y, Part.Width, Part.Height);

    /// <summary>PSNR and SSIM by the literature's protocol, or by the one that cuts nothing off where too little is left.</summary>
    /// <exception cref="StudioException">The result is too small to be measured.</exception>
    public JobMetrics Measure(ImageBuffer result, double scale, StudioOptions options, CancellationToken cancellationToken)
    {
        var shave = Math.Max(1, (int)Math.Round(scale));
        var protocol = Protocols.All.FirstOrDefault(known => known == Protocols.Y && LeavesEnough(result, known, shave))
            ?? (LeavesEnough(result, Protocols.Paper, shave) ? Protocols.Paper : throw StudioException.Unusable(
                $"The result of {result.Width} x {result.Height} pixels is too small for SSIM, which needs 11 x 11. Choose a larger region."));
        var score = protocol.Measure(result, ReadPixels(options, cancellationToken), shave);
        return new JobMetrics(protocol.Name, score.Psnr, score.Ssim);
    }

    private static bool LeavesEnough(ImageBuffer image, Protocol protocol, int scale) =>
        Math.Min(image.Width, image.Height) - (2 * protocol.Shave(scale)) >= Ssim.WindowSize;

    private static bool Fits(StoredImage reference, (int Width, int Height) size, double scale) =>
        IsBetween(reference.Header.Width - size.Width, scale) && IsBetween(reference.Header.Height - size.Height, scale);

    private static bool IsBetween(int surplus, double scale) => surplus >= 0 && surplus < Math.Max(1, scale);
}
