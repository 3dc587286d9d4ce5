using System.Diagnostics;
using System.Net;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Packages.Tests;

/// <summary>The command as one self-contained file, as <c>docs/command-line.md</c> publishes it: it does everything on a machine without .NET.</summary>
public sealed class PublishedProgramTests(PackageFeed feed)
{
    private const long MostBytes = 110_000_000;

    [Fact]
    public async Task SingleFile_OfTheCommand_UpscalesEvaluatesTrainsAndServesThePage()
    {
        var folder = feed.CreateFolder("program");
        var program = Publish(folder);
        Assert.InRange(new FileInfo(program).Length, 1, MostBytes);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) != Path.GetFileName(program) && !file.Contains($"{Path.DirectorySeparatorChar}models{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        WriteImages(Path.Combine(folder, "data"), count: 2);
        Run(program, folder, "models", "init", "espcn-x2", "-o", "espcn.safetensors");
        Run(program, folder, "upscale", "data/0.png", "-m", "espcn.safetensors", "-o", "large.png");
        var large = ImageFile.Read(Path.Combine(folder, "large.png")).Pixels;
        Assert.Equal((192, 192), (large.Width, large.Height));
        Assert.Contains("bicubic", Run(program, folder, "evaluate", "data", "-m", "bicubic", "-s", "2").Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(folder, "recipe.json"), """
            {
              "name": "tiny",
              "network": { "architecture": "espcn", "scale": 2 },
              "data": { "train": [{ "path": "data" }] },
              "steps": 3,
              "batch": 2,
              "patches": [{ "size": 16 }],
              "losses": [{ "kind": "l1" }]
            }
            """, TestContext.Current.CancellationToken);
        Run(program, folder, "train", "recipe.json", "--run", "run");
        Assert.True(File.Exists(Path.Combine(folder, "run", "final.safetensors")));
        await ServesThePageAsync(program, folder);
    }

    private static string Publish(string folder)
    {
        var run = ProgramRun.Dotnet(
            Repository.Root,
            "publish", "src/SuperRes.Cli", "-p:PublishProfile=single-file", $"-p:PublishDir={Path.Combine(folder, "out")}{Path.DirectorySeparatorChar}", "--artifacts-path", Path.Combine(folder, "build"), "--nologo");
        Assert.SkipWhen(run.Output.Contains("NU1101", StringComparison.Ordinal) || run.Output.Contains("NU1301", StringComparison.Ordinal), "The runtime's package can't be restored here.");
        run.Checked();
        return Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "superres.exe" : "superres");
    }

    private static ProgramRun Run(string program, string folder, params string[] arguments) => ProgramRun.Start(program, folder, arguments).Checked();

    private static async Task ServesThePageAsync(string program, string folder)
    {
        var start = new ProcessStartInfo(program, ["studio", "--port", "0", "--data", Path.Combine(folder, "studio")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient();
            using var response = await client.GetAsync(new Uri(address!), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("<title>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

            // What reaches furthest into the frameworks, parts of which the file leaves out: the description of the API, and the database of studies.
            foreach (var path in new[] { "openapi/v1.json", "api/v1/info", "api/v1/studies", "api/v1/results" })
            {
                using var document = await client.GetAsync(new Uri(new Uri(address!), path), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, document.StatusCode);
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Smooth images, large enough for a patch and its surroundings.</summary>
    private static void WriteImages(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (var image = 0; image < count; image++)
        {
            var samples = Enumerable.Range(0, 3 * 96 * 96).Select(index => (byte)(128 + (100 * Math.Sin((index / 3 % 96 * (image + 1) / 9.0) + (index / (3 * 96) / 7.0) + (index % 3)))));
            ImageFile.Write(Path.Combine(folder, $"{image}.png"), ImageBuffer.FromSamples(96, 96, ColorModel.Rgb, samples.ToArray()));
        }
    }
}
