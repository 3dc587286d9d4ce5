namespace SuperRes.Torch.Tests;

public sealed class TorchDeviceTests
{
    [Theory]
    [InlineData("torch-cpu", false, 0, "torch-cpu")]
    [InlineData("cuda", true, 0, "cuda:0")]
    [InlineData("cuda:3", true, 3, "cuda:3")]
    public void Parse_OfAName_IsThatDevice(string text, bool cuda, int index, string name)
    {
        var device = TorchDevice.Parse(text);
        Assert.Equal((cuda, index), (device.IsCuda, device.Index));
        Assert.Equal(name, device.ToString());
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("gpu")]
    public void Parse_OfAnythingElse_SaysWhatIsKnown(string text) =>
        Assert.Contains("Known: torch-cpu, cuda", Assert.Throws<FormatException>(() => TorchDevice.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_WithoutCuda_SaysWhatMayBeWrong()
    {
        LibTorchRequired.OrSkip();
        Assert.SkipWhen(TorchDevice.HasCuda, "There is a CUDA device here.");
        var error = Assert.Throws<TorchUnavailableException>(() => TorchDevice.Parse("cuda:1").Open());
        Assert.Contains("'cuda:1' was asked for", error.Message, StringComparison.Ordinal);
        Assert.Contains("driver", error.Message, StringComparison.Ordinal);
    }
}
