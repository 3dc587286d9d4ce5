using SuperRes.Evaluation.Studies;

namespace SuperRes.Training.Tests.Ablation;

/// <summary>Reports of earlier versions are still read, and written as they were.</summary>
public sealed class CommittedReportsTests
{
    public static TheoryData<string> Committed() =>
        new(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "results"), "report.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path)));

    [Theory]
    [MemberData(nameof(Committed))]
    public void FromJson_ACommittedReport_IsWrittenAsItWas(string path)
    {
        var json = File.ReadAllText(Path.Combine(Repository.Root, path));

        Assert.Equal(json, StudyReport.FromJson(json).ToJson() + "\n");
    }
}
