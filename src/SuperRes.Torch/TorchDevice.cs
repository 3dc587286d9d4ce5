using System.Globalization;
using SuperRes.Torch.Loading;
using TorchSharp;

namespace SuperRes.Torch;

/// <summary>Where libtorch computes.</summary>
/// <param name="IsCuda">On an NVIDIA device; else on the processor.</param>
/// <param name="Index">Which CUDA device, from 0.</param>
public readonly record struct TorchDevice(bool IsCuda, int Index = 0)
{
    /// <summary>The name of the processor: <c>torch-cpu</c>, so that it is not taken for SuperRes's own engine.</summary>
    public const string CpuName = "torch-cpu";

    /// <summary>The processor.</summary>
    public static TorchDevice Cpu { get; } = new(IsCuda: false);

    /// <summary>Whether a CUDA device can be used; loads libtorch.</summary>
    /// <exception cref="TorchUnavailableException">libtorch can't be loaded.</exception>
    public static bool HasCuda
    {
        get
        {
            LibTorch.Load();
            return torch.TryInitializeDeviceType(DeviceType.CUDA) && torch.cuda.is_available();
        }
    }

    /// <summary>Reads <c>torch-cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static TorchDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            CpuName => Cpu,
            "cuda" => new TorchDevice(IsCuda: true),
            _ when text.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) => new TorchDevice(IsCuda: true, index),
            _ => throw new FormatException($"'{text}' is no device. Known: {CpuName}, cuda, cuda:0, cuda:1 and so on."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : CpuName;

    /// <summary>Loads libtorch and makes sure that the device is there.</summary>
    /// <exception cref="TorchUnavailableException">It is not.</exception>
    internal torch.Device Open()
    {
        LibTorch.Load();
        if (!IsCuda)
        {
            return torch.CPU;
        }

        if (!HasCuda)
        {
            throw new TorchUnavailableException($"'{this}' was asked for, and libtorch finds no CUDA device: it is a build without CUDA, or the driver is missing or too old.");
        }

        return Index < torch.cuda.device_count()
            ? torch.device(DeviceType.CUDA, Index)
            : throw new TorchUnavailableException($"'{this}' was asked for, and there are {torch.cuda.device_count()} CUDA devices, counted from 0.");
    }
}
