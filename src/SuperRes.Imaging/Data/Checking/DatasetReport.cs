namespace SuperRes.Imaging.Data.Checking;

/// <summary>What a check says of a data set.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Folder">The folder of its high-resolution images.</param>
/// <param name="Images">How many of those there are.</param>
/// <param name="Tracks">Its folders of low-resolution images.</param>
/// <param name="Findings">What is wrong or worth knowing, grouped by kind.</param>
public sealed record DatasetReport(
    string Name, string Folder, int Images, IReadOnlyList<TrackReport> Tracks, IReadOnlyList<DatasetFinding> Findings)
{
    /// <summary>How many findings are problems.</summary>
    public int Problems => Findings.Count(finding => finding.IsProblem);
}
