using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Studio.Models;

namespace SuperRes.Studio.Jobs;

/// <summary>A request that has been found possible.</summary>
/// <param name="Image">The image, leased until the job is removed.</param>
/// <param name="Reference">What to measure against, its image leased likewise.</param>
/// <param name="Model">The method.</param>
/// <param name="Width">Width of the result in pixels.</param>
/// <param name="Height">Height of the result in pixels.</param>
/// <param name="Format">The download's format.</param>
/// <param name="Stem">The download's name without extension.</param>
internal sealed record JobPlan(StoredImage Image, JobReference? Reference, ModelView Model, int Width, int Height, ImageFormat Format, string Stem)
{
    /// <summary>About how many bytes the result takes on the disk: its samples, which are stored as they are.</summary>
    public long Bytes => (long)Width * Height * (int)Image.Header.Color * ImageBuffer.BytesPerSample(Image.Header.SampleType);

    public string FileName => Stem + ImageFormats.Extension(Format);
}
