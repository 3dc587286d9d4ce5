using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Reports;

public sealed class ReportFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("superres-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_ARun_WritesEveryFormAndNoMore()
    {
        var files = ReportFiles.Write(Run(), Path.Combine(_folder.FullName, "new", "report"), TestReports.FakePng);

        Assert.Equal(
            ["report.csv", "report.md", "report.html", "01-Set5-x4-baby.png", "report.json"],
            files.Select(Path.GetFileName));
        Assert.Equal(files.Order(), Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Order());
        Assert.Equal(TestReports.Small().ToJson() + "\n", File.ReadAllText(files[^1]));
        Assert.Equal((byte)'{', File.ReadAllBytes(files[^1])[0]);
    }

    [Fact]
    public void Write_OverAnOlderReport_ReplacesIt()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "report.md"), "old");
        File.WriteAllText(Path.Combine(_folder.FullName, "mine.txt"), "kept");
        ReportFiles.Write(Run(), _folder.FullName, TestReports.FakePng);

        Assert.StartsWith("# Super-resolution evaluation", File.ReadAllText(Path.Combine(_folder.FullName, "report.md")), StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(_folder.FullName, "mine.txt")));
    }

    [Fact]
    public void Write_EncoderThatFails_LeavesNoHalfWrittenFileAndNoJson()
    {
        Assert.Throws<IOException>(() => ReportFiles.Write(Run(), _folder.FullName, _ => throw new IOException("The disk is full.")));

        Assert.Equal(["report.csv", "report.md"], _folder.EnumerateFiles().Select(file => file.Name).Order());
    }

    private static EvaluationRun Run() => new(TestReports.Small(), [TestReports.Figure()]);
}
