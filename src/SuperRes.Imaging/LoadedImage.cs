using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>A decoded image file.</summary>
/// <param name="Pixels">The pixels, upright: the EXIF orientation has been applied.</param>
/// <param name="Metadata">What belongs in the output file too; its orientation is already reset.</param>
/// <param name="Format">Format, by the file's content and not its name.</param>
/// <param name="Notes">One sentence for each thing that could not be kept as it was; often empty.</param>
public sealed record LoadedImage(ImageBuffer Pixels, ImageMetadata Metadata, ImageFormat Format, IReadOnlyList<string> Notes);
