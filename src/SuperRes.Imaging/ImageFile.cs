using SuperRes.Imaging.Reading;
using SuperRes.Imaging.Writing;
using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>
/// Reads and writes image files without losing anything that the format can hold. All methods are thread-safe and
/// silent; whatever could not be kept is said in the notes they return.
/// </summary>
public static class ImageFile
{
    /// <summary>Reads a file; its content, not its name, decides the format. Pixels come upright.</summary>
    /// <exception cref="ImageFileException">The file is missing, unreadable, damaged, too large or no image.</exception>
    public static LoadedImage Read(string path, ImageReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        using var stream = InputFile.Open(path, cancellationToken);
        using var reader = ImageReader.Open(stream, InputFile.Quote(path), cancellationToken);
        return ReadAll(reader, limits, cancellationToken);
    }

    /// <summary>Reads an image from where a stream stands; one that can't seek is taken into memory first. The stream stays the caller's.</summary>
    /// <inheritdoc cref="Read(string, ImageReadLimits, CancellationToken)" path="/exception"/>
    public static LoadedImage Read(Stream stream, ImageReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffered = InputFile.MakeSeekable(stream, cancellationToken);
        using var reader = ImageReader.Open(buffered ?? stream, InputFile.StreamName, cancellationToken);
        return ReadAll(reader, limits, cancellationToken);
    }

    /// <summary>Reads size and format without decoding pixels; no limit applies.</summary>
    /// <inheritdoc cref="Read(string, ImageReadLimits, CancellationToken)" path="/exception"/>
    public static ImageHeader ReadHeader(string path)
    {
        using var stream = InputFile.Open(path, CancellationToken.None);
        using var reader = ImageReader.Open(stream, InputFile.Quote(path), CancellationToken.None);
        return reader.Header;
    }

    /// <summary>
    /// Writes a file: first under a temporary name in the same folder, then renamed in one step, so that a failure or
    /// a cancellation leaves nothing behind and never harms a file that was there.
    /// </summary>
    /// <param name="path">The file to make; its extension names the format unless the options do.</param>
    /// <param name="image">The pixels; not changed.</param>
    /// <param name="metadata">What goes along; its EXIF is brought in line with the new size.</param>
    /// <param name="options">Format, quality and compression.</param>
    /// <param name="cancellationToken">Stops with <see cref="OperationCanceledException"/>, leaving nothing behind.</param>
    /// <returns>One sentence for each thing that the format could not hold; often empty.</returns>
    /// <exception cref="ImageFileException">The file can't be written there, or the format can't hold such an image at all.</exception>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public static IReadOnlyList<string> Write(string path, ImageBuffer image, ImageMetadata? metadata = null, ImageWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(image);
        var writer = new ImageWriter(options ?? ImageWriteOptions.Default, path);
        using var output = OutputFile.Open(path, writer.Options.Overwrite);
        return Write(output, writer, image, metadata, InputFile.Quote(path), cancellationToken);
    }

    /// <summary>Writes an image to a stream, which stays the caller's; it need not be able to seek.</summary>
    /// <param name="stream">Where the file's bytes go, once they are all made.</param>
    /// <param name="image">The pixels; not changed.</param>
    /// <param name="metadata">What goes along; null for nothing.</param>
    /// <param name="options">Must name the format.</param>
    /// <param name="cancellationToken">Stops with <see cref="OperationCanceledException"/> before anything is written.</param>
    /// <inheritdoc cref="Write(string, ImageBuffer, ImageMetadata, ImageWriteOptions, CancellationToken)" path="/returns|/exception"/>
    public static IReadOnlyList<string> Write(Stream stream, ImageBuffer image, ImageMetadata? metadata, ImageWriteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        var writer = new ImageWriter(options, path: null);
        using var output = new StreamOutput(stream, ownsTarget: false);
        return Write(output, writer, image, metadata, "the output stream", cancellationToken);
    }

    private static IReadOnlyList<string> Write(
        IOutput output, ImageWriter writer, ImageBuffer image, ImageMetadata? metadata, string name, CancellationToken cancellationToken)
    {
        var notes = writer.Write(output.Stream, image, metadata ?? ImageMetadata.None, name, cancellationToken);
        output.Commit();
        return notes;
    }

    private static LoadedImage ReadAll(ImageReader reader, ImageReadLimits? limits, CancellationToken cancellationToken)
    {
        reader.CheckLimits(limits ?? ImageReadLimits.Default);
        var pixels = reader.ReadPixels(cancellationToken);
        var (metadata, notes) = reader.ReadMetadata();
        return new LoadedImage(pixels, metadata, reader.Header.Format, notes);
    }
}
