using SuperRes.Torch.Loading;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Tests;

/// <summary>Skips a test, with the reason, where libtorch can't be had: its packages are for some platforms only.</summary>
internal static class LibTorchRequired
{
    /// <summary>Whether there is a package for this platform; then a failure to load is a failure.</summary>
    private static readonly bool IsPackaged = NativeFolders.Find(NativeFolders.FileName("torch_cpu")) is not null;

    public static void OrSkip()
    {
        Assert.SkipUnless(IsPackaged, "libtorch is not packaged for this platform.");
        LibTorch.Load();
    }

    /// <summary>
    /// Skips where libtorch's own convolutions in bfloat16 are off by more than a quarter of the largest value, far beyond
    /// rounding: on a Zen 5 they are wrong in another way at every call, or not a number, and not so with
    /// <c>DNNL_MAX_CPU_ISA=AVX2</c>. They are held against float64, and nothing of SuperRes takes part.
    /// </summary>
    public static void Bfloat16OrSkip()
    {
        OrSkip();
        (int In, int Out)[] layers = [(3, 16), (16, 16), (16, 64), (16, 3)];
        Assert.SkipUnless(
            Enumerable.Range(0, 10).All(_ => layers.All(layer => ConvolutionAgrees(layer.In, layer.Out))),
            "libtorch's own convolutions are wrong in bfloat16 on this processor.");
    }

    private static bool ConvolutionAgrees(int channels, int features)
    {
        using var scope = NewDisposeScope();
        var (x, weight, seed) = (Rounded(2, channels, 8, 8), Rounded(features, channels, 3, 3), Rounded(2, features, 8, 8));
        var (wide, narrow) = (Results(ScalarType.Float64), Results(ScalarType.BFloat16));
        return wide.Zip(narrow).All(pair => pair.First.sub(pair.Second).abs().max().item<float>() <= 0.25f * pair.First.abs().max().item<float>());

        Tensor[] Results(ScalarType type)
        {
            var (input, filters) = (x.to(type).detach().requires_grad_(true), weight.to(type).detach().requires_grad_(true));
            var output = nn.functional.conv2d(input, filters, padding: [1, 1]);
            output.backward([seed.to(type)]);
            return [output.detach().to(ScalarType.Float32), input.grad!.to(ScalarType.Float32), filters.grad!.to(ScalarType.Float32)];
        }
    }

    /// <summary>Random numbers that bfloat16 can hold.</summary>
    private static Tensor Rounded(params long[] size) => rand(size).sub(0.5).to(ScalarType.BFloat16).to(ScalarType.Float32);
}
