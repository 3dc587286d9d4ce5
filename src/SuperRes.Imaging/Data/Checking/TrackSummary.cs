using System.Globalization;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>Says of a folder of low-resolution images how they were made.</summary>
internal static class TrackSummary
{
    public static TrackReport Of(LowResolutionFolder track, IReadOnlyList<PairReport> pairs) =>
        new(track.Track, track.Scale, track.Path, Describe(track, pairs), pairs);

    /// <summary>A finding for each bicubic image that MATLAB would not have made.</summary>
    public static IEnumerable<DatasetFinding> FindForeign(IEnumerable<PairInspection> pairs) =>
        from pair in pairs
        let report = pair.Report
        where report is { Origin: LowResolutionOrigin.Pillow or LowResolutionOrigin.Other or LowResolutionOrigin.Unknown }
        select new DatasetFinding(FindingKind.Degradation, IsProblem: true, DescribeForeign(pair.Path, report), [pair.Path]);

    private static string Describe(LowResolutionFolder track, IReadOnlyList<PairReport> pairs)
    {
        if (track.Track != LowResolutionFolder.BicubicTrack)
        {
            return $"'{track.Track}' is not a published method, so how the images were made is not judged";
        }

        var groups = pairs.GroupBy(pair => pair.Origin).OrderByDescending(group => group.Count()).ToList();
        return groups.Count switch
        {
            0 => "no pair can be judged",
            1 => $"{Describe(groups[0].Key)}: {(pairs.Count == 1 ? "the only image" : $"all {pairs.Count} images")}{Detail(groups[0])}",
            _ => string.Join("; ", groups.Select(group => $"{Describe(group.Key)}: {group.Count()} of {pairs.Count}")),
        };
    }

    private static string Describe(LowResolutionOrigin origin) => origin switch
    {
        LowResolutionOrigin.Matlab => "MATLAB-made",
        LowResolutionOrigin.MatlabWithinRounding => "made with MATLAB's method, but not by MATLAB",
        LowResolutionOrigin.Pillow => "made with Pillow or alike",
        LowResolutionOrigin.Other => "not MATLAB-made",
        _ => "can't be judged",
    };

    private static string Detail(IGrouping<LowResolutionOrigin, PairReport> group) => group.Key switch
    {
        LowResolutionOrigin.Matlab => ", 0 samples differ",
        LowResolutionOrigin.Unknown => "",
        _ => string.Create(CultureInfo.InvariantCulture, $", {100 * group.Average(pair => pair.DifferingShare):0.0} % of samples differ, {group.Average(pair => pair.Psnr!.Value):0.0} dB"),
    };

    private static string DescribeForeign(string path, PairReport pair) => pair.Origin == LowResolutionOrigin.Unknown
        ? $"'{path}' has other channels or another bit depth than its original, so how it was made can't be judged."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"'{path}' is not what MATLAB makes: {100 * pair.DifferingShare:0.0} % of samples differ, by up to {pair.LargestDifference}, {pair.Psnr:0.0} dB{(pair.Closest is null ? "" : $"; closest is {pair.Closest}")}. Published results can't be compared on it; superres degrade makes it right.");
}
