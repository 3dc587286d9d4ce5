using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>A low-resolution file and the original that it belongs to.</summary>
/// <param name="Set">Their data set.</param>
/// <param name="Image">The original.</param>
/// <param name="Track">The folder of the low-resolution file.</param>
/// <param name="Path">The low-resolution file.</param>
internal sealed record PairedImage(DatasetFolder Set, DatasetImage Image, LowResolutionFolder Track, string Path)
{
    /// <summary>The low-resolution file of an image; null where the folder has none.</summary>
    public static PairedImage? Find(DatasetFolder set, DatasetImage image, LowResolutionFolder track) =>
        track.FindImage(image) is { } path ? new PairedImage(set, image, track, path) : null;

    /// <summary>Makes sure, from the file's header, that <see cref="Read"/> will take it.</summary>
    /// <param name="width">Width of the original in pixels.</param>
    /// <param name="height">Height of the original in pixels.</param>
    /// <returns>Its header.</returns>
    /// <exception cref="DatasetException">Its size is not the original's divided by the scale.</exception>
    public ImageHeader Check(int width, int height)
    {
        var header = ImageFile.ReadHeader(Path);
        _ = Fit(width, height, header.Width, header.Height);
        return header;
    }

    /// <summary>Reads it. One that was made without cropping first, whose sides are rounded up, loses the row or column that has no whole original.</summary>
    /// <inheritdoc cref="Check" path="/param"/>
    /// <inheritdoc cref="Check" path="/exception"/>
    public ImageBuffer Read(int width, int height, CancellationToken cancellationToken = default)
    {
        var low = ImageFile.Read(Path, cancellationToken: cancellationToken).Pixels;
        return Fit(width, height, low.Width, low.Height) == PairFit.Cropped ? low : low.Crop(0, 0, width / Track.Scale, height / Track.Scale);
    }

    private PairFit Fit(int width, int height, int lowWidth, int lowHeight) =>
        PairSize.Compare(width, height, lowWidth, lowHeight, Track.Scale) is var fit && fit != PairFit.None
            ? fit
            : throw new DatasetException(PairFaults.WrongSize(Set, Image, Track, Path, (lowWidth, lowHeight), (width, height)));
}
