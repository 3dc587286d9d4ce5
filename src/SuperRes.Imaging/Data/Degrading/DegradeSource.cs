using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>An original, and the data set that its place makes it part of.</summary>
internal sealed record DegradeSource(DatasetImage Image, DetectedSet Set)
{
    /// <summary>The originals that a path means: a file, or the images of the data sets in a folder.</summary>
    /// <exception cref="DatasetException">There are none.</exception>
    public static IEnumerable<DegradeSource> List(string input)
    {
        if (!File.Exists(input))
        {
            return DatasetFolder.OpenAll(input).SelectMany(set => set.Images.Select(image => new DegradeSource(image, set.Detected)));
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(input))!;
        // One that lies beside a set's folder of originals is none of the set's: its version would take the place of another's.
        var set = LayoutDetector.TryDetect(folder)?.FirstOrDefault(set => FolderPath.IsSame(set.HighResolutionPath, folder)) ?? new DetectedSet(Path.GetFileName(folder), DatasetLayout.Plain, folder, folder, []);
        return [new DegradeSource(new DatasetImage(Path.GetFileNameWithoutExtension(input), input), set)];
    }

    /// <summary>
    /// The file to make: <c>{output}/LR_{track}/X4/namex4.png</c>, or, where the output is the data set's own folder, the place
    /// where its layout has it.
    /// </summary>
    public string OutputPath(string output, string track, int scale)
    {
        var isOwn = FolderPath.IsSame(output, Set.Root);
        var known = isOwn ? Set.LowResolution.FirstOrDefault(folder => folder.Scale == scale && folder.Track == track) : null;
        var prefix = isOwn && Set.Layout == DatasetLayout.Div2k ? Set.Name + "_" : "";
        var folder = known ?? new LowResolutionFolder(track, scale, Path.Combine(output, $"{prefix}LR_{track}", FormattableString.Invariant($"X{scale}")));
        return folder.UsualPathOf(Image);
    }
}
