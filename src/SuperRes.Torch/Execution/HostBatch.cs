using System.Runtime.InteropServices;
using SuperRes.Training;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Execution;

/// <summary>
/// The host's side of a batch that goes to a device or comes from it each step: N, H, W, C in memory that stays, page-locked
/// where the device is not the processor, so that the transfer needs no copy of its own.
/// </summary>
internal sealed class HostBatch : IDisposable
{
    private readonly Device _device;
    private readonly ScalarType _type;
    private readonly Tensor _host;

    public HostBatch(int count, int height, int width, int channels, Device device, ScalarType type)
    {
        (_device, _type) = (device, type);
        var plain = zeros([count, height, width, channels], ScalarType.Float32);
        _host = (device.type == DeviceType.CPU ? plain : Pin(plain)).DetachFromDisposeScope();
    }

    /// <summary>The values on the device as N, C, H, W, lying channels-last. On the processor they are this batch's own memory, until the next upload.</summary>
    public Tensor Upload(FeatureBatch values)
    {
        values.Values.AsSpan().CopyTo(Floats);
        return _host.to(_type, _device, non_blocking: true).permute(0, 3, 1, 2);
    }

    /// <summary>Copies N, C, H, W from the device, and waits for it.</summary>
    public void Download(Tensor source, FeatureBatch target)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        _host.copy_(source.permute(0, 2, 3, 1));
        Floats.CopyTo(target.Values);
    }

    public void Dispose() => _host.Dispose();

    private static Tensor Pin(Tensor plain)
    {
        using (plain)
        {
            return plain.pin_memory();
        }
    }

    private Span<float> Floats => MemoryMarshal.Cast<byte, float>(_host.bytes);
}
