using System.Net;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Tests.EndToEnd;

namespace SuperRes.Cli.Tests.Commands;

public sealed class StudioCommandTests
{
    [Theory]
    [InlineData("127.0.0.1", "^http://localhost:[0-9]+/\n$")]
    [InlineData("0.0.0.0", "^http://[^/]+:[0-9]+/[?]token=[0-9a-f]{32}\n$")]
    public async Task Studio_UntilItIsInterrupted_PrintsItsAddressAndEndsCleanly(string listen, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill -INT on Windows.");
        Assert.SkipWhen(ProcessTests.IgnoresInterrupts(), "The tests were started with SIGINT ignored, and the command inherits that.");
        using var data = new TemporaryFolder();
        using var process = CliProcess.Start("studio", "--port", "0", "--listen", listen, "--data", data.Path);
        await process.FirstLineAsync();

        process.Interrupt();

        var run = await process.EndAsync();
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Matches(expected, run.Output);
    }

    [Fact]
    public async Task Studio_Verbose_LogsRequestsWithoutATokenInTheAddress()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill -INT on Windows.");
        Assert.SkipWhen(ProcessTests.IgnoresInterrupts(), "The tests were started with SIGINT ignored, and the command inherits that.");
        using var data = new TemporaryFolder();
        using var process = CliProcess.Start("studio", "--port", "0", "--listen", "0.0.0.0", "--data", data.Path, "--verbose");
        var address = new Uri(await process.FirstOutputLineAsync());
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://127.0.0.1:{address.Port}/{address.Query}");

        process.Interrupt();

        var run = await process.EndAsync();
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("GET / 200", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(address.Query["?token=".Length..], run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen", "everywhere", "is no IP address")]
    [InlineData("--port", "65536", "Port 65536 does not exist")]
    [InlineData("--max-bytes", "many", "is no number of bytes")]
    [InlineData("--runs", "/no/such/folder", "There is no folder '/no/such/folder'")]
    public async Task Studio_WithAWrongValue_SaysWhatIsWrong(string option, string value, string expected)
    {
        using var data = new TemporaryFolder();

        var run = await CliRun.RunAsync("studio", "--data", data.Path, option, value);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studio_DataWhereNothingCanBeWritten_IsSaidAtTheStart()
    {
        using var data = new TemporaryFolder();
        using var disk = SmallDisk.TryMount(data["closed"], "ro");
        Assert.SkipWhen(disk is null, "Mounting needs root and a kernel that allows it.");

        var run = await CliRun.RunAsync("studio", "--data", data["closed"], "--port", "0");

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains($"'{data["closed"]}' of --data can't be written to", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studio_DataInAFile_IsSaid()
    {
        using var data = new TemporaryFolder();
        File.WriteAllText(data["file"], "");

        var run = await CliRun.RunAsync("studio", "--data", data["file"], "--port", "0");

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("can't be the folder for --data: it is a file. Name a folder.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studio_OnADatabaseThatCantBeUsed_IsSaidInOneLineAtTheStart()
    {
        using var data = new TemporaryFolder();
        File.WriteAllText(data["studies.db"], new string('?', 5000));

        var run = await CliProcess.RunAsync(null, "studio", "--data", data.Path, "--port", "0");

        Assert.Equal(ExitCode.CannotRunHere, run.ExitCode);
        Assert.Contains("studies.db", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studio_OnAPortThatIsTaken_NamesTheWayOutInOneLine()
    {
        using var data = new TemporaryFolder();
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await CliProcess.RunAsync(null, "studio", "--data", data.Path, "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal(ExitCode.CannotRunHere, run.ExitCode);
        Assert.Contains("--port", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
