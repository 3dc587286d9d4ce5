using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Packages.Tests;

/// <summary>What a new user does: add the package, paste README's lines, run.</summary>
public sealed class FreshProjectTests(PackageFeed feed)
{
    [Fact]
    public void FirstProgram_OfReadme_UpscalesAnImageInTenLines()
    {
        var program = FirstProgram("README.md");
        var project = feed.CreateProject("Fresh", "SuperRes.Imaging", new Dictionary<string, string> { ["Program.cs"] = program });
        ImageFile.Write(Path.Combine(project, "photo.jpg"), Ramp(width: 40, height: 24));

        ProgramRun.Dotnet(project, "run", "-c", "Release").Checked();

        var large = ImageFile.Read(Path.Combine(project, "large.jpg")).Pixels;
        Assert.True(program.Split('\n').Length <= 10, "The program has more than ten lines.");
        Assert.Equal((160, 96), (large.Width, large.Height));

        // A straight ramp of 4 per pixel is one of 1 per pixel at four times the size; JPEG may add a little.
        Assert.InRange(large.Row<byte>(48)[3 * 120] - large.Row<byte>(48)[3 * 40], 80 - 4, 80 + 4);
    }

    [Fact]
    public void FirstProgram_OfThePackage_IsThatOfReadme() =>
        Assert.Equal(FirstProgram("README.md"), FirstProgram("src/SuperRes.Imaging/README.md"));

    [Fact]
    public void FirstProgram_OfTraining_TrainsARecipe()
    {
        var project = feed.CreateProject("Trained", "SuperRes.Training", new Dictionary<string, string>
        {
            ["Program.cs"] = FirstProgram("src/SuperRes.Training/README.md"),
            ["espcn-x4.json"] = """
                { "name": "espcn-x4", "steps": 2, "batch": 2, "network": { "architecture": "espcn", "scale": 4 }, "data": { "train": [{ "path": "images" }] }, "patches": [{ "size": 8 }] }
                """,
        });
        Directory.CreateDirectory(Path.Combine(project, "images"));
        ImageFile.Write(Path.Combine(project, "images", "a.png"), Ramp(width: 60, height: 48));

        var said = ProgramRun.Dotnet(project, "run", "-c", "Release").Checked().Output;

        Assert.Contains(Path.Combine("runs", "espcn-x4", "final.safetensors"), said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project, "runs", "espcn-x4", "final.safetensors")), said);
    }

    private static string FirstProgram(string readme)
    {
        var text = File.ReadAllText(Repository.PathOf(readme)).ReplaceLineEndings("\n");
        return text.Split("```csharp\n")[1].Split("\n```")[0];
    }

    private static ImageBuffer Ramp(int width, int height)
    {
        var samples = Enumerable.Range(0, 3 * width * height).Select(index => (byte)(40 + (4 * (index / 3 % width))));
        return ImageBuffer.FromSamples(width, height, ColorModel.Rgb, samples.ToArray());
    }
}
