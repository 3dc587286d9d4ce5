using SuperRes.ModelFiles;

namespace SuperRes.Upscaling;

/// <summary>Tells of the network that is made for photos as JPEG leaves them, where the default, which is made for clean images, enlarges one.</summary>
internal static class CompressionAdvice
{
    private const string Clean = "edsr-";
    private const string Photo = "photo-";

    /// <summary>Up to here the photo models are ahead, and at 90 no difference can be told (models/photo-x2.md and photo-x4.md have the numbers).</summary>
    private const int CompressedMuch = 85;

    /// <summary>A sentence, or null where there is nothing to tell.</summary>
    /// <param name="method">What enlarges the image.</param>
    /// <param name="jpegQuality">Quality of the image's file, 1 to 100; null where it is no JPEG.</param>
    /// <param name="scale">How many times larger.</param>
    /// <param name="library">Where models are; null for <see cref="ModelLibrary.Default"/>.</param>
    public static string? For(string method, int? jpegQuality, double scale, ModelLibrary? library = null)
    {
        library ??= ModelLibrary.Default;
        if (jpegQuality is not (<= CompressedMuch and var quality) || !method.StartsWith(Clean, StringComparison.Ordinal) || method != UpscalingMethods.DefaultName(scale, library))
        {
            return null;
        }

        var photo = Photo + method[Clean.Length..];
        return library.TryFind(photo, out _)
            ? FormattableString.Invariant($"The JPEG's quality is about {quality}: {photo} takes blocks and noise away, which {method} sharpens.")
            : null;
    }
}
