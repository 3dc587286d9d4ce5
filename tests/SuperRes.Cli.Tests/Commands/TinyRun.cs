using System.Globalization;
using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>A recipe and images on which a run takes about a second.</summary>
internal sealed class TinyRun
{
    private readonly TemporaryFolder _folder;

    public TinyRun(TemporaryFolder folder)
    {
        _folder = folder;
        for (var i = 0; i < 3; i++)
        {
            ImageFile.Write(folder[$"images/{i}.png"], Waves(64, 48, i));
        }
    }

    public string Run(string name) => _folder[$"runs/{name}"];

    /// <summary>Writes the recipe and returns its path.</summary>
    public string Recipe(long steps = 40, string more = "", string architecture = "espcn")
    {
        var (path, images) = (_folder["recipe.json"], _folder["images"].Replace('\\', '/'));
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "name": "tiny", "steps": {{steps}}, "batch": 4,
              "network": { "architecture": "{{architecture}}", "scale": 2 },
              "data": { "train": [{ "path": "{{images}}" }] },
              "patches": [{ "size": 8 }],
              "optimizer": { "learningRate": { "kind": "cosine", "initial": 2e-3 }, "averageDecay": 0.9 },
              "validation": { "path": "{{images}}", "every": 20, "first": 1, "samples": 1 },
              {{more}}
              "checkpoints": { "every": 5 }
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
