using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Data;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Cli.Tests.Commands;

public sealed class FetchDisplayTests
{
    [Fact]
    public void Report_WithoutATerminal_WritesALineForEachPhaseTenthAndNote()
    {
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { InputStream = Stream.Null, OutputStream = Stream.Null, Output = TextWriter.Null, Error = error };
        using var display = new FetchDisplay(new CommandContext(new RootCommand { CommonOptions.Verbose, CommonOptions.Quiet, CommonOptions.Json() }.Parse([]), terminal), "set");

        foreach (var done in new[] { 0, 100, 1024, 1100, 5120 })
        {
            display.Report(new FetchProgress(FetchPhase.Downloading, done, 10240));
        }

        display.Report(new FetchProgress(FetchPhase.Downloading, 5120, 10240, "Dropped. Trying again in 1 s."));
        display.Report(new FetchProgress(FetchPhase.Downloading, 10240, 10240));
        display.Report(new FetchProgress(FetchPhase.Verifying, 10240, 10240));
        display.Report(new FetchProgress(FetchPhase.Extracting, 10240, 10240));
        display.Finish("set: fetched");

        Assert.Equal(
            """
            set: downloading
            set: 1.0 KiB of 10.0 KiB
            set: 5.0 KiB of 10.0 KiB
            set: Dropped. Trying again in 1 s.
            set: downloading
            set: 10.0 KiB of 10.0 KiB
            set: comparing the checksum
            set: unpacking
            set: fetched

            """.ReplaceLineEndings("\n"),
            error.ToString());
    }
}
