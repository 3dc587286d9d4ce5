using System.Globalization;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>An experiment of four runs on three small images, each of which takes a moment.</summary>
internal sealed class TinyAblation
{
    private readonly TemporaryFolder _folder;

    public TinyAblation(TemporaryFolder folder)
    {
        _folder = folder;
        for (var i = 0; i < 3; i++)
        {
            ImageFile.Write(folder[$"images/{i}.png"], Waves(64, 48, i));
        }
    }

    public string Run(string name) => Path.Combine(_folder.Path, "runs", name);

    /// <summary>Writes the experiment and returns its path.</summary>
    public string Experiment(int steps, string variants = """{ "name": "none" }, { "name": "CBAM", "attention": { "reduction": 2 } }""")
    {
        var (path, images) = (_folder["experiment.json"], _folder["images"].Replace('\\', '/'));
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "name": "tiny",
              "networks": [{ "architecture": "espcn", "scale": 2, "features": 8 }],
              "variants": [{{variants}}],
              "seeds": [1, 2],
              "budget": { "steps": {{steps}} },
              "training": {
                "data": { "train": [{ "path": "{{images}}" }] },
                "batch": 2,
                "patches": [{ "size": 8 }],
                "validation": { "path": "{{images}}", "every": {{Math.Max(1, steps / 2)}}, "first": 1, "samples": 0 },
                "checkpoints": { "every": 5 }
              },
              "pictures": 1,
              "test": [{ "path": "{{images}}", "name": "three" }]
            }
            """));
        return path;
    }

    private static ImageBuffer Waves(int width, int height, int seed)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        var samples = image.Samples<byte>();
        for (var i = 0; i < samples.Length; i++)
        {
            var (y, x) = Math.DivRem(i / 3, width);
            samples[i] = (byte)(128 + (60 * Math.Sin((x * 0.4) + seed + (i % 3))) + (60 * Math.Cos((y * 0.3) - seed)));
        }

        return image;
    }
}
