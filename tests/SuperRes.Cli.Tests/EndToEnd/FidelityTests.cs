using NetVips;

namespace SuperRes.Cli.Tests.EndToEnd;

/// <summary>What travels through <c>upscale</c> untouched, written and read here with libvips directly.</summary>
public sealed class FidelityTests : IDisposable
{
    private const int StoredWidth = 5;
    private const int StoredHeight = 3;
    private const int Bands = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upscale_16BitDisplayP3TiffTurnedWithAlpha_KeepsAllFour()
    {
        var stored = new ushort[StoredWidth * StoredHeight * Bands];
        for (var i = 0; i < stored.Length; i++)
        {
            // Odd numbers, so that anything passing through 8 bits would show; alpha from a quarter to all.
            stored[i] = (ushort)(i % Bands == 3 ? 16385 + (i * 819) : (i * 1087) + 1);
        }

        var profile = Image.ProfileLoad("p3");
        WriteTurned(_folder["in.tif"], stored, profile);

        var run = await CliRun.RunAsync("upscale", _folder["in.tif"], "-o", _folder["out.tif"], "-m", "nearest", "-s", "2");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        using var result = Image.NewFromFile(_folder["out.tif"]);
        Assert.Equal((2 * StoredHeight, 2 * StoredWidth, Bands, Enums.BandFormat.Ushort), (result.Width, result.Height, result.Bands, result.Format));
        Assert.Equal(profile, (byte[])result.Get("icc-profile-data"));
        Assert.True(!result.Contains("orientation") || (int)result.Get("orientation") == 1);
        Assert.Equal(UprightTwice(stored), result.WriteToMemory<ushort>());
    }

    private static void WriteTurned(string path, ushort[] samples, byte[] profile)
    {
        using var plain = Image.NewFromMemory(samples, StoredWidth, StoredHeight, Bands, Enums.BandFormat.Ushort);
        using var rgb = plain.Copy(interpretation: Enums.Interpretation.Rgb16);
        using var marked = rgb.Mutate(mutable =>
        {
            mutable.Set(GValue.BlobType, "icc-profile-data", profile);
            mutable.Set(GValue.GIntType, "orientation", 6);
        });
        marked.Tiffsave(path);
    }

    /// <summary>Orientation 6 (EXIF 2.3, tag 274): the stored first row is the right side, the stored first column the top.</summary>
    private static ushort[] UprightTwice(ushort[] stored)
    {
        var result = new List<ushort>();
        for (var y = 0; y < 2 * StoredWidth; y++)
        {
            for (var x = 0; x < 2 * StoredHeight; x++)
            {
                var (storedX, storedY) = (y / 2, StoredHeight - 1 - (x / 2));
                result.AddRange(stored.AsSpan(((storedY * StoredWidth) + storedX) * Bands, Bands));
            }
        }

        return [.. result];
    }
}
