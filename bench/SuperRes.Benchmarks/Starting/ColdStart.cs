using System.Diagnostics;
using SuperRes.Benchmarks.Engine;
using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Pixels;

namespace SuperRes.Benchmarks.Starting;

/// <summary>
/// <c>-- start PROGRAM… [rounds=N]</c>: how long published commands take from their start to their end, in turns, for work that
/// takes no time itself. Prints the table of bench/results/start.md.
/// </summary>
internal static class ColdStart
{
    public const string Command = "start";

    private const int Side = 64;
    private const double Target = 0.5;

    public static int Run(string[] arguments)
    {
        var rounds = TurnArguments.Rounds(arguments, 15);
        var programs = Array.ConvertAll(TurnArguments.Names(arguments), Path.GetFullPath);
        var folder = Directory.CreateTempSubdirectory("superres-start-").FullName;
        try
        {
            Print(programs, Cases(folder), rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static (string Name, string[] Arguments)[] Cases(string folder)
    {
        var (image, model, result) = (Path.Combine(folder, "image.png"), Path.Combine(folder, "edsr.safetensors"), Path.Combine(folder, "result.png"));
        var pixels = new byte[3 * Side * Side];
        new Random(1).NextBytes(pixels);
        ImageFile.Write(image, ImageBuffer.FromSamples(Side, Side, ColorModel.Rgb, pixels));
        ModelFile.Save(Model.Initialize(NetworkCatalogue.Find("edsr-x4").Options, seed: 1), model);
        return
        [
            ("--version", ["--version"]),
            ("upscale 64x64, bicubic", ["upscale", image, "-m", "bicubic", "-o", result, "--overwrite", "--quiet"]),
            (FormattableString.Invariant($"upscale 64x64, EDSR x4 (at most {Target:F1} s)"), ["upscale", image, "-m", model, "-o", result, "--overwrite", "--quiet"]),
        ];
    }

    private static void Print(string[] programs, (string Name, string[] Arguments)[] cases, int rounds)
    {
        Console.WriteLine($"Median seconds of {rounds} starts (least)\n\n| | {string.Join(" | ", programs.Select(Path.GetFileName))} |\n|---|{string.Concat(programs.Select(_ => "---|"))}");
        foreach (var (name, arguments) in cases)
        {
            var times = programs.Select(_ => new List<double>()).ToArray();

            // The first start reads the files from the disk, and unpacks libvips once for good.
            for (var round = -1; round < rounds; round++)
            {
                for (var i = 0; i < programs.Length; i++)
                {
                    var seconds = Seconds(programs[i], arguments);
                    if (round >= 0)
                    {
                        times[i].Add(seconds);
                    }
                }
            }

            Console.WriteLine($"| {name} | {string.Join(" | ", times.Select(Describe))} |");
        }
    }

    private static string Describe(List<double> seconds) => FormattableString.Invariant($"{Contest.Median(seconds):F3} ({seconds.Min():F3})");

    private static double Seconds(string program, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
