using System.Runtime.InteropServices;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests;

/// <summary>libvips and the libraries below it complain on the process's error stream unless they are told not to.</summary>
public sealed partial class SilenceTests
{
    private const int StandardError = 2;

    [Fact]
    public void Read_DamagedFiles_WritesNothingToStandardError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Redirects a Unix file descriptor.");
        using var folder = new TemporaryFolder();
        using var capture = File.OpenHandle(folder.File("stderr"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        var saved = Duplicate(StandardError);
        try
        {
            Redirect((int)capture.DangerousGetHandle(), StandardError);
            foreach (var (_, bytes) in SampleFiles.All())
            {
                for (var at = 10; at < bytes.Length; at += Math.Max(1, bytes.Length / 25))
                {
                    var damaged = (byte[])bytes.Clone();
                    damaged[at] ^= 0x5A;
                    try
                    {
                        Fixture.Load(damaged);
                    }
                    catch (ImageFileException)
                    {
                        // Refused, as it may be.
                    }
                }
            }
        }
        finally
        {
            Redirect(saved, StandardError);
            Close(saved);
        }

        var written = new byte[RandomAccess.GetLength(capture)];
        RandomAccess.Read(capture, written, 0);
        Assert.DoesNotContain("VIPS", System.Text.Encoding.UTF8.GetString(written), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("WARNING", System.Text.Encoding.UTF8.GetString(written), StringComparison.OrdinalIgnoreCase);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Redirect(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
