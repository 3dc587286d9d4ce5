using System.Buffers.Binary;
using System.Text;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;

namespace SuperRes.Cli.Tests.Commands;

/// <summary>Weights and sizes that can't be right: one clear line, an exit code, and nothing written.</summary>
public sealed class UpscaleNetworkBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task Upscale_WeightThatIsNotFinite_IsRefused(float value)
    {
        var bytes = Model();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(bytes.Length - 400), value);
        await RefusedAsync(bytes, ExitCode.WrongUsage, "holds values that are not finite");
    }

    [Theory]
    [InlineData("\"scale\\\":4", "\"scale\\\":3", "contradicts itself")]
    [InlineData("\"scale\\\":4", "\"scale\\\":0", "scale")]
    [InlineData("\"activation\\\":\\\"relu\\\"", "\"activation\\\":\\\"tang\\\"", "tang")]
    [InlineData("\"architecture\\\":\\\"espcn", "\"architecture\\\":\\\"ezpcn", "ezpcn")]
    public async Task Upscale_OptionThatContradictsTheWeights_IsRefused(string from, string to, string message)
    {
        var bytes = Model();
        var (old, other) = (Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(to));
        Assert.Equal(old.Length, other.Length);
        var at = bytes.AsSpan().IndexOf(old);
        Assert.True(at > 0, Encoding.UTF8.GetString(bytes.AsSpan(8, 600)));
        other.CopyTo(bytes.AsSpan(at));
        await RefusedAsync(bytes, ExitCode.WrongUsage, message);
    }

    [Fact]
    public async Task Upscale_TruncatedWeights_AreRefused() => await RefusedAsync(Model()[..5000], ExitCode.WrongUsage, "model.safetensors");

    [Theory]
    [InlineData(ExitCode.SomeFailed, "enlarges at most 4 times", "-s", "5")]
    [InlineData(ExitCode.SomeFailed, "more than any image can have", "-s", "1e9")]
    [InlineData(ExitCode.SomeFailed, "images of more than", "--width", "2147483647", "--height", "2147483647")]
    [InlineData(ExitCode.WrongUsage, "at least 1 pixel", "--width", "0")]
    [InlineData(ExitCode.WrongUsage, "no scale", "-s", "0")]
    [InlineData(ExitCode.WrongUsage, "no scale", "-s", "-2")]
    [InlineData(ExitCode.WrongUsage, "no scale", "-s", "NaN")]
    [InlineData(ExitCode.WrongUsage, "no amount of memory", "--memory", "0")]
    [InlineData(ExitCode.CannotRunHere, "this machine has", "--memory", "900000GB")]
    public async Task Upscale_SizeOrMemoryThatCanNotBe_IsRefused(int exitCode, string message, params string[] options) =>
        await RefusedAsync(Model(), exitCode, message, options);

    [Theory]
    [InlineData("-s", "1e5")]
    [InlineData("-s", "1e9")]
    [InlineData("--width", "2000000000")]
    [InlineData("--width", "2147483647", "--height", "2147483647")]
    public async Task Upscale_AbsurdScaleByAClassicalMethod_IsRefused(params string[] options)
    {
        TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync(["upscale", _folder["in.png"], "-o", _folder["out.png"], .. options]);

        Assert.Equal(ExitCode.SomeFailed, run.ExitCode);
        Assert.Contains("Ask for a smaller size", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in.png"], _folder.Files);
    }

    private async Task RefusedAsync(byte[] model, int exitCode, string message, params string[] options)
    {
        File.WriteAllBytes(_folder["model.safetensors"], model);
        TestImages.Write(_folder["in.png"]);

        var run = await CliRun.RunAsync(["upscale", _folder["in.png"], "-o", _folder["out.png"], "-m", _folder["model.safetensors"], .. options]);

        Assert.Contains(message, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("fault in superres", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in.png", "model.safetensors"], _folder.Files.Order());
    }

    private static byte[] Model()
    {
        using var stream = new MemoryStream();
        ModelFile.Save(ModelFiles.Model.Initialize(new EspcnOptions(Scale: 4), seed: 1), stream);
        return stream.ToArray();
    }
}
