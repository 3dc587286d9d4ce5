using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Benchmarks;

/// <summary>Set5 and Set14 with their published low-resolution images, where <c>SUPERRES_DATA</c> has them.</summary>
internal static class BenchmarkSet
{
    /// <summary>All images of a set at one scale.</summary>
    public static IEnumerable<(string Name, ImageBuffer High, ImageBuffer Low)> Read(string set, int scale)
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");
        var files = Directory.GetFiles(Path.Combine(data, set, "HR"), "*.png");
        Assert.Equal(set == "Set5" ? 5 : 14, files.Length);
        return files.Order(StringComparer.Ordinal).Select(file =>
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var low = Path.Combine(data, set, "LR_bicubic", $"X{scale}", $"{name}x{scale}.png");
            return (name, ImageFile.Read(file).Pixels, ImageFile.Read(low).Pixels);
        });
    }
}
