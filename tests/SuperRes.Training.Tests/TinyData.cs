using System.Globalization;
using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests;

/// <summary>Three small images in a folder of their own, and recipes on them that take a moment.</summary>
internal sealed class TinyData : IDisposable
{
    public TinyData()
    {
        for (var i = 0; i < 3; i++)
        {
            ImageFile.Write(Path.Combine(Folder, $"{i}.png"), Waves(96, 80, i));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("superres-").FullName;

    /// <summary>The folder as a recipe writes it.</summary>
    public string JsonFolder => Folder.Replace('\\', '/');

    public string Run(string name) => Path.Combine(Folder, "runs", name);

    /// <summary>ESPCN x2 on batches of four.</summary>
    public Recipe Recipe(long steps, params string[] overrides) => RecipeFile.Parse(
        string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "name": "test", "steps": {{steps}}, "batch": 4,
          "network": { "architecture": "espcn", "scale": 2 },
          "data": { "train": [{ "path": "{{JsonFolder}}" }], "workers": 2 },
          "patches": [{ "size": 8, "share": 0.6 }, { "size": 12, "share": 0.4 }],
          "optimizer": { "learningRate": { "kind": "cosine", "initial": 2e-3 }, "averageDecay": 0.9 },
          "validation": { "path": "{{JsonFolder}}", "every": 60, "first": 1 },
          "checkpoints": { "every": 5, "keep": 2 }
        }
        """),
        overrides);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A smooth pattern that differs by seed.</summary>
    public static ImageBuffer Waves(int width, int height, int seed)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        var samples = image.Samples<byte>();
        for (var i = 0; i < samples.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, 3);
            var (y, x) = Math.DivRem(pixel, width);
            samples[i] = (byte)(128 + (60 * Math.Sin((x * 0.1) + seed + c)) + (60 * Math.Cos((y * 0.13) - seed)));
        }

        return image;
    }
}
