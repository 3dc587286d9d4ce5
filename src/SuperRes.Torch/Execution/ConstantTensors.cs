using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Execution;

/// <summary>What a graph multiplies by and adds that is not trained, brought to the device once: to bring it each step would wait for the device each time.</summary>
internal sealed class ConstantTensors(Device device, ScalarType type) : IDisposable
{
    private readonly Dictionary<IReadOnlyList<float>, Tensor> _perChannel = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(long Size, int Factor), Tensor> _bicubic = [];

    /// <summary>One value per channel, to be used with N, C, H, W.</summary>
    public Tensor PerChannel(IReadOnlyList<float> values)
    {
        if (!_perChannel.TryGetValue(values, out var constant))
        {
            _perChannel[values] = constant = tensor([.. values], type, device).view(1, -1, 1, 1).DetachFromDisposeScope();
        }

        return constant;
    }

    /// <summary>The matrix of <see cref="BicubicMatrix"/>, in double precision.</summary>
    public Tensor Bicubic(long size, int factor)
    {
        if (!_bicubic.TryGetValue((size, factor), out var constant))
        {
            _bicubic[(size, factor)] = constant = from_array(BicubicMatrix.Create((int)size, factor), ScalarType.Float64, device).DetachFromDisposeScope();
        }

        return constant;
    }

    public void Dispose()
    {
        foreach (var constant in _perChannel.Values.Concat(_bicubic.Values))
        {
            constant.Dispose();
        }
    }
}
