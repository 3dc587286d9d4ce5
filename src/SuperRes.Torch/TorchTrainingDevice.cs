using SuperRes.Networks;
using SuperRes.Torch.Loading;
using SuperRes.Training;

namespace SuperRes.Torch;

/// <summary>Trains networks on libtorch. Made once per process; it sets libtorch's options for all of it.</summary>
public sealed class TorchTrainingDevice : ITrainingDevice
{
    private readonly TorchDevice _device;
    private readonly TorchOptions _options;

    /// <summary>Loads libtorch and opens the device.</summary>
    /// <param name="device">Which.</param>
    /// <param name="options">How it computes; the defaults if null.</param>
    /// <exception cref="TorchUnavailableException">libtorch or the device is not there.</exception>
    public TorchTrainingDevice(TorchDevice device, TorchOptions? options = null)
    {
        (_device, _options) = (device, options ?? new TorchOptions());
        device.Open();
    }

    /// <summary>The first CUDA device, or null where libtorch can't be loaded or finds none.</summary>
    public static TorchTrainingDevice? TryOpenCuda(TorchOptions? options = null)
    {
        try
        {
            return TorchDevice.HasCuda ? new TorchTrainingDevice(new TorchDevice(IsCuda: true), options) : null;
        }
        catch (TorchUnavailableException) when (LibTorch.Folder is null)
        {
            return null; // Nobody asked for it. Where a folder was named, the reason is wanted.
        }
    }

    /// <summary>The device, and the precision where it is not the default: <c>cuda:0</c>, <c>cuda:0 (bf16)</c>.</summary>
    public string Name => _device + (_options.Bfloat16 ? " (bf16)" : _device.IsCuda && !_options.TensorFloat32 ? " (float32)" : "");

    /// <inheritdoc/>
    public ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters) =>
        new TorchNetwork(graph, weights, _device, _options, targets);
}
