using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>Decodes one image and its low-resolution versions, each once, and notes all that a check needs of them.</summary>
internal sealed class ImageInspector(DatasetFolder set, ManifestCheck? manifest)
{
    /// <exception cref="ImageFileException">The image itself can't be read.</exception>
    /// <exception cref="DatasetException">The image itself can't be used.</exception>
    public ImageInspection Inspect(DatasetImage image, CancellationToken cancellationToken)
    {
        var findings = new List<DatasetFinding>();
        var high = OpaqueImage.Read(image.Path, cancellationToken).Pixels;
        if (manifest?.FindFault(image) is { } fault)
        {
            findings.Add(fault);
        }

        var pairs = new List<PairInspection>();
        foreach (var track in set.LowResolution)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (InspectPair(image, high, track, findings, cancellationToken) is { } pair)
            {
                pairs.Add(pair);
            }
        }

        return new ImageInspection(image, PixelHash.Of(high), Thumbnail.Of(high), pairs, findings);
    }

    private PairInspection? InspectPair(DatasetImage image, ImageBuffer high, LowResolutionFolder track, List<DatasetFinding> findings, CancellationToken cancellationToken)
    {
        if (track.FindImage(image) is not { } path)
        {
            findings.Add(new(FindingKind.Missing, IsProblem: true, PairFaults.Missing(set, image, track), [track.UsualPathOf(image)]));
            return null;
        }

        ImageBuffer low;
        try
        {
            low = OpaqueImage.Read(path, cancellationToken).Pixels;
        }
        catch (Exception exception) when (exception is ImageFileException or DatasetException)
        {
            findings.Add(new(FindingKind.Unreadable, IsProblem: true, exception.Message, [path]));
            return null;
        }

        var fit = PairSize.Compare(high.Width, high.Height, low.Width, low.Height, track.Scale);
        if (fit == PairFit.None)
        {
            var fault = PairFaults.WrongSize(set, image, track, path, (low.Width, low.Height), (high.Width, high.Height));
            findings.Add(new(FindingKind.WrongSize, IsProblem: true, fault, [path, image.Path]));
        }

        var report = fit != PairFit.None && track.Track == LowResolutionFolder.BicubicTrack
            ? OriginJudge.Judge(image.Name, high, low, track.Scale, fit)
            : null;
        return new PairInspection(track, path, PixelHash.Of(low), Thumbnail.Of(low), report);
    }
}
