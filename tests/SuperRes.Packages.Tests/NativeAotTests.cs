using System.Runtime.InteropServices;
using System.Text;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Packages.Tests;

/// <summary>The sample <c>samples/code/UpscaleAot</c>, published as a native program from the package of the core library.</summary>
public sealed class NativeAotTests(PackageFeed feed)
{
    private const int Width = 16;
    private const int Height = 12;

    [Fact]
    public void UpscaleAot_PublishedFromThePackage_RunsWithoutWarnings()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Finding the native linker is only written for Linux and macOS.");
        Assert.SkipUnless(IsOnPath("clang") || IsOnPath("gcc"), "NativeAOT links with clang or gcc, and neither is installed.");
        SkipUnlessCompilerRestores();

        var program = Publish();
        var folder = Path.GetDirectoryName(program)!;
        Assert.DoesNotContain(Directory.GetFiles(folder), file => file.EndsWith(".dll", StringComparison.Ordinal));

        // 8 per column is 2 per column at four times the size: column X lies at (X + 0.5) / 4 - 0.5, so it holds 2 X - 3.
        var input = Samples();
        WritePpm(Path.Combine(folder, "small.ppm"), input);
        ProgramRun.Start(program, folder, "small.ppm", "bicubic.ppm").Checked();
        var row = ReadSamples(Path.Combine(folder, "bicubic.ppm")).AsSpan(3 * 4 * Width * 2 * Height, 3 * 4 * Width);
        for (var x = 8; x < (4 * Width) - 8; x++)
        {
            Assert.Equal((2 * x) - 3 + 40, row[3 * x]);
        }

        // A network: its file is JSON and weights, and the native code must read it as the runtime's own does.
        ModelFile.Save(Model.Initialize(new EspcnOptions(Scale: 4), seed: 1, "espcn-x4"), Path.Combine(folder, "espcn.safetensors"));
        ProgramRun.Start(program, folder, "small.ppm", "espcn.ppm", "espcn.safetensors").Checked();
        using var upscaler = Upscaler.Load(Path.Combine(folder, "espcn.safetensors"));
        var expected = upscaler.Upscale(ImageBuffer.FromSamples(Width, Height, ColorModel.Rgb, input), scale: 4).Samples<byte>().ToArray();
        Assert.All(ReadSamples(Path.Combine(folder, "espcn.ppm")).Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
    }

    private string Publish()
    {
        var sample = Directory.GetFiles(Repository.PathOf("samples/code/UpscaleAot"), "*.cs").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        var project = feed.CreateProject("UpscaleAot", "SuperRes", sample, """
            <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
            """);
        var run = ProgramRun.Dotnet(project, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out", "--nologo").Checked();
        Assert.DoesNotContain("warning", run.Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(project, "out", "UpscaleAot");
    }

    /// <summary>Brings the native compiler into the machine's package cache, so that publishing itself needs no network.</summary>
    private void SkipUnlessCompilerRestores()
    {
        var folder = feed.CreateFolder("compiler");
        File.WriteAllText(Path.Combine(folder, "Compiler.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <PublishAot>true</PublishAot>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        var restore = ProgramRun.Dotnet(folder, "restore", "-r", RuntimeInformation.RuntimeIdentifier);
        Assert.SkipUnless(restore.ExitCode == 0, $"The native compiler can't be restored: {restore.Output.ReplaceLineEndings(" ").Trim()}");
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static byte[] Samples() => [.. Enumerable.Range(0, 3 * Width * Height).Select(index => (byte)(40 + (8 * (index / 3 % Width))))];

    private static void WritePpm(string path, byte[] samples) =>
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes($"P6\n{Width} {Height}\n255\n"), .. samples]);

    private static byte[] ReadSamples(string path) => File.ReadAllBytes(path)[^(3 * 16 * Width * Height)..];
}
