using System.Globalization;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>Cuts one image into sub-image files.</summary>
internal sealed class SubImageCutter(string folder, SubImageOptions options)
{
    public const string ImageFolder = "HR";

    /// <summary>Reads, shrinks, cuts and writes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">What the manifest calls it.</param>
    /// <param name="sha256">Its SHA-256.</param>
    /// <param name="begin">Told what will be written, before the first file is.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>What was made, and a sentence for each thing that could not be kept.</returns>
    public (SubImageSource Source, IReadOnlyList<string> Notes) Cut(DatasetImage image, string file, string sha256, Action<SubImageSource> begin, CancellationToken cancellationToken)
    {
        var loaded = OpaqueImage.Read(image.Path, cancellationToken);
        var (width, height) = (Side(loaded.Pixels.Width), Side(loaded.Pixels.Height));
        if (width < options.Size || height < options.Size)
        {
            return (new SubImageSource(file, sha256, width, height, []), loaded.Notes);
        }

        var pixels = Shrink(loaded.Pixels, cancellationToken);
        // Pixels of a wide-gamut photo mean nothing without its profile; nothing else says anything of a part of a photo.
        var metadata = ImageMetadata.None with { IccProfile = loaded.Metadata.IccProfile };
        var notes = new List<string>(loaded.Notes);
        SubImage[] planned =
        [
            .. SubImageGrid.Corners(pixels.Width, pixels.Height, options)
                .Select((corner, i) => new SubImage(string.Create(CultureInfo.InvariantCulture, $"{ImageFolder}/{image.Name}_s{i + 1:000}.png"), corner.X, corner.Y, Sha256: "")),
        ];
        begin(new SubImageSource(file, Sha256: "", pixels.Width, pixels.Height, planned));
        var made = new List<SubImage>();
        foreach (var sub in planned)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, sub.File);
            notes.AddRange(ImageFile.Write(path, pixels.Crop(sub.X, sub.Y, options.Size, options.Size), metadata, cancellationToken: cancellationToken));
            made.Add(sub with { Sha256 = FileHash.Sha256(path) });
        }

        return (new SubImageSource(file, sha256, pixels.Width, pixels.Height, made), [.. notes.Distinct()]);
    }

    /// <summary>The side that <see cref="Shrink"/> makes of one: by a whole factor it is cropped, by another rounded up.</summary>
    private int Side(int length) => double.IsInteger(options.Shrink) ? (int)(length / options.Shrink) : (int)Math.Ceiling(1 / options.Shrink * length);

    private ImageBuffer Shrink(ImageBuffer image, CancellationToken cancellationToken)
    {
        const int OneThread = 1; // images are spread over the threads already
        return options.Shrink switch
        {
            1 => image,
            var factor when double.IsInteger(factor) => Degradation.Degrade(image, (int)factor, OneThread, cancellationToken),
            var factor => MatlabResize.ByScale(image, 1 / factor, ResizeOptions.Default with { MaxThreads = OneThread }, cancellationToken),
        };
    }
}
