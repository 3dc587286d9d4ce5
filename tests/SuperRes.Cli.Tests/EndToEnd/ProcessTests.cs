using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>What only a real process shows. Each start costs a tenth of a second, so the details are tested in-process.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Process_GoodRun_SaysOnStandardErrorWhatWasDone()
    {
        var run = await CliProcess.RunAsync(null, "upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["out.png"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("(12x8 -> 48x32", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WrongUsage_Returns2WithoutAStackTrace()
    {
        var run = await CliProcess.RunAsync(null, "upscale", "--outptu", "x.png");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Did you mean '--output'?", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_SomeInputsBad_Returns1AndPrintsOneJsonDocument()
    {
        var good = TestImages.Write(_folder["über 写真.png"]);

        var run = await CliProcess.RunAsync(null, "upscale", good, _folder["absent.png"], "-o", _folder["out"], "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(JsonValueKind.Object, run.Json.ValueKind);
        Assert.Contains("über 写真.png", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["out/über 写真.png"]));
    }

    [Fact]
    public async Task Process_Pipe_CarriesTheImage()
    {
        var input = File.ReadAllBytes(TestImages.Write(_folder["in.png"]));

        var run = await CliProcess.RunAsync(input, "upscale", "-", "-o", "-", "-f", "jpg", "-s", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(ImageFormat.Jpeg, ImageFile.Read(new MemoryStream(run.OutputBytes)).Format);
    }

    [Fact]
    public async Task Process_Interrupted_Returns130AndLeavesOnlyWholeFiles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX signals.");
        Assert.SkipWhen(IgnoresInterrupts(), "The tests were started with SIGINT ignored, as a shell does with '&', and the command inherits that.");
        for (var i = 0; i < 60; i++)
        {
            TestImages.Write(_folder[$"in/{i:00}.png"], 400, 300);
        }

        using var process = CliProcess.Start("upscale", _folder["in"], "-o", _folder["out"], "-s", "4");
        await process.FirstLineAsync();
        process.Interrupt();
        var run = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains("superres: Interrupted.", run.Error, StringComparison.Ordinal);
        var written = Directory.GetFileSystemEntries(_folder["out"]);
        Assert.InRange(written.Length, 1, 59);
        Assert.All(written, path => Assert.Equal((1600, 1200), (ImageFile.Read(path).Pixels.Width, ImageFile.Read(path).Pixels.Height)));
    }

    [Theory]
    [InlineData("TERM", SigTerm)]
    [InlineData("HUP", SigHup)]
    public async Task Process_Ended_LeavesNothing(string signal, int number)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX signals.");
        Assert.SkipWhen(Ignores(number), "The tests were started with the signal ignored, as nohup does with SIGHUP, and the command inherits that.");
        TestImages.Write(_folder["in/a.png"]);
        TestImages.Write(_folder["in/b.png"], 3000, 2000);
        using var process = CliProcess.Start("upscale", _folder["in"], "-o", _folder["out"], "-s", "4", "-m", "lanczos", "-j", "1");
        await process.FirstLineAsync();

        process.Signal(signal);
        var run = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal([_folder["out/a.png"]], Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Theory]
    [InlineData("2>&-", 0)]
    [InlineData("2>/dev/full", 0)]
    [InlineData("--json >/dev/full", 1)]
    public async Task Process_StreamThatTakesNothing_EndsNoWork(string redirection, int exitCode)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        TestImages.Write(_folder["in/a.png"]);
        TestImages.Write(_folder["in/b.png"]);
        var command = Path.Combine(AppContext.BaseDirectory, "SuperRes.Cli");

        using var shell = Process.Start("sh", ["-c", $"'{command}' upscale '{_folder["in"]}' -o '{_folder["out"]}' -m nearest -j 1 {redirection}"]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, shell.ExitCode);
        Assert.Equal(2, Directory.GetFiles(_folder["out"]).Length);
    }

    [Theory]
    [InlineData("upscale 'IN' -o - -m nearest", 1)]
    [InlineData("--help", 0)]
    public async Task Process_WhoseReaderHasGone_FailsOnlyWhereAnImageIsLost(string arguments, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs sh.");
        var command = Path.Combine(AppContext.BaseDirectory, "SuperRes.Cli");
        var input = TestImages.Write(_folder["in.png"]);

        using var shell = Process.Start("sh", ["-c", $"{{ '{command}' {arguments.Replace("IN", input, StringComparison.Ordinal)}; echo $? > '{_folder["code"]}'; }} | true"]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{exitCode}", File.ReadAllText(_folder["code"]).Trim());
    }

    [Fact]
    public async Task Process_ImageIntoAFileThatGoesOn_KeepsWhatOthersWrite()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs sh.");
        var command = Path.Combine(AppContext.BaseDirectory, "SuperRes.Cli");
        var input = TestImages.Write(_folder["in.png"]);

        using var shell = Process.Start("sh", ["-c", $"{{ '{command}' upscale '{input}' -o - -m nearest -q; echo end; }} > '{_folder["both"]}'"]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var bytes = File.ReadAllBytes(_folder["both"]);
        Assert.EndsWith("end\n", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(48, ImageFile.Read(new MemoryStream(bytes[..^4])).Pixels.Width);
    }

    [Fact]
    public async Task Process_FullDisk_FailsAndLeavesNothing()
    {
        using var disk = SmallDisk.TryMount(_folder["disk"], "size=64k");
        Assert.SkipWhen(disk is null, "Mounting a small tmpfs needs root and a kernel that allows it.");

        var run = await CliProcess.RunAsync(null, "upscale", TestImages.Write(_folder["in.png"], 200, 200), "-o", _folder["disk/out.png"]);

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["disk"]));
        Assert.Contains("out.png", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_ReadOnlyFolder_FailsWithOneLine()
    {
        // Permissions don't stop root; a file system mounted read-only does.
        using var disk = SmallDisk.TryMount(_folder["closed"], "ro");
        if (!OperatingSystem.IsWindows() && disk is null)
        {
            File.SetUnixFileMode(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.SkipWhen(disk is null && (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess), "This user may write everywhere.");
        var run = await CliProcess.RunAsync(null, "upscale", TestImages.Write(_folder["in.png"]), "-o", _folder["closed/out.png"], "-q");

        Assert.Equal((ExitCode.SomeFailed, ""), (run.ExitCode, run.Output));
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n'));
        Assert.Contains("out.png", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Whether SIGINT was set to be ignored when this process started, where the system tells.</summary>
    internal static bool IgnoresInterrupts() => Ignores(SigInt);

    private static bool Ignores(int signal)
    {
        const string Field = "SigIgn:";
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[Field.Length..].Trim(), 16) & (1UL << (signal - 1))) != 0;
    }
}
