using System.Text.RegularExpressions;

namespace SuperRes.Imaging.Tests;

public sealed class FormatsDocumentTests
{
    [Fact]
    public void Table_OfDocsFormats_SaysWhatThePackagedLibraryDoes()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "formats.md"));

        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            var row = Regex.Match(text, $@"^\| {Regex.Escape(ImageFormats.Name(format))} \| (?<read>yes|no) \| (?<write>yes|no) \|", RegexOptions.Multiline);
            Assert.True(row.Success, $"docs/formats.md has no row for {ImageFormats.Name(format)}.");
            Assert.Equal(ImageFormats.Readable.Contains(format), row.Groups["read"].Value == "yes");
            Assert.Equal(ImageFormats.Writable.Contains(format), row.Groups["write"].Value == "yes");
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SuperRes.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
