using System.Text;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.CommandLine;

public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>As <c>2>&amp;1 | tee log</c> has it.</summary>
    [Fact]
    public async Task Run_WithBothStreamsInOnePlace_WritesResultsWholeAndBeforeTheirNotes()
    {
        TestImages.Write(_folder["own/HR/a.png"], 64, 48);
        await CliRun.RunAsync("degrade", _folder["own"], "-o", _folder["own"], "-s", "4");
        string[] arguments = ["evaluate", _folder["own"]];
        var alone = await CliRun.RunAsync(arguments);
        using var both = new MemoryStream();

        await App.RunAsync(
            arguments,
            new Terminal
            {
                InputStream = Stream.Null,
                OutputStream = both,
                Output = new StreamWriter(both, new UTF8Encoding(false), bufferSize: 128) { NewLine = "\n" },
                Error = new StreamWriter(both, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true },
            },
            CancellationToken.None);

        string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Split("  ")[0])]; // all but the times
        var (results, merged) = (Lines(alone.Output), Lines(Encoding.UTF8.GetString(both.ToArray())));
        Assert.Equal(results[..^1], merged.Skip(Array.IndexOf(merged, results[0])).Take(results.Length - 1));
        Assert.StartsWith("note: ", merged[Array.IndexOf(merged, results[0]) + results.Length - 1], StringComparison.Ordinal);
    }
}
