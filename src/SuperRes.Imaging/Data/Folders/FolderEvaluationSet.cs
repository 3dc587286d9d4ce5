using SuperRes.Evaluation;

namespace SuperRes.Imaging.Data.Folders;

/// <summary>The images of a folder, as an evaluation reads them.</summary>
public sealed class FolderEvaluationSet : IEvaluationSet
{
    private readonly DatasetFolder _set;
    private readonly string _track;

    /// <summary>Takes the images of a data set.</summary>
    /// <param name="set">The set, perhaps with fewer images chosen.</param>
    /// <param name="track">Which low-resolution images to use. Only those of the bicubic track are made where the set has none for the scale.</param>
    public FolderEvaluationSet(DatasetFolder set, string track = LowResolutionFolder.BicubicTrack)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrWhiteSpace(track);
        _set = set;
        _track = track;
        ImageNames = [.. set.Images.Select(image => image.Name)];
    }

    /// <inheritdoc/>
    public string Name => _set.Name;

    /// <inheritdoc/>
    public string? Track => _track == LowResolutionFolder.BicubicTrack ? null : _track;

    /// <summary>The images' names in natural order (<c>img2</c> before <c>img10</c>).</summary>
    public IReadOnlyList<string> ImageNames { get; }

    /// <summary>
    /// Reads one image and, where the set has a folder of low-resolution images for the scale, the one that belongs to it.
    /// Low-resolution images made without cropping first, whose sides are rounded up, lose the row or column that has no whole original.
    /// </summary>
    /// <param name="index">Index into <see cref="ImageNames"/>.</param>
    /// <param name="scale">The scale, at least 2.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ImageFileException">A file can't be read.</exception>
    /// <exception cref="DatasetException">The folder for this scale lacks the image, or has it in a wrong size; or there is no such folder, of another track than the bicubic one.</exception>
    public EvaluationPair Load(int index, int scale, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 2);
        EnsureTrack([scale]);
        var image = _set.Images[index];
        var original = ImageFile.Read(image.Path, cancellationToken: cancellationToken);
        var reference = original.Pixels;
        var low = _set.FindTrack(scale, _track) is { } track
            ? (PairedImage.Find(_set, image, track) ?? throw new DatasetException(PairFaults.Missing(_set, image, track))).Read(reference.Width, reference.Height, cancellationToken)
            : null;
        return new EvaluationPair(reference, low) { Notes = original.Notes };
    }

    /// <summary>Makes sure, before a long evaluation, that there are low-resolution images for some scales or that they can be made.</summary>
    /// <exception cref="DatasetException">There are none for one of them, of another track than the bicubic one.</exception>
    public void EnsureTrack(IEnumerable<int> scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        if (Track is not null && scales.FirstOrDefault(scale => _set.FindTrack(scale, _track) is null) is > 0 and var missing)
        {
            throw new DatasetException(PairFaults.WithoutTrack(_set, _track, missing));
        }
    }

    /// <summary>Makes sure that no image lacks the low-resolution one that others of the set have for a scale.</summary>
    /// <exception cref="DatasetException">One does, or there are none, of another track than the bicubic one.</exception>
    internal void EnsureEveryImage(int scale)
    {
        EnsureTrack([scale]);
        if (_set.FindTrack(scale, _track) is { } track && _set.Images.FirstOrDefault(image => PairedImage.Find(_set, image, track) is null) is { } missing)
        {
            throw new DatasetException(PairFaults.Missing(_set, missing, track));
        }
    }
}
