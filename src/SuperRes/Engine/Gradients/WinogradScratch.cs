using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Gradients;

/// <summary>Memory that all Winograd steps of a plan use in turn.</summary>
internal sealed unsafe class WinogradScratch : IDisposable
{
    private NativeBuffer _zeros = new(0);

    /// <summary>The transformed weights of the step at work.</summary>
    public NativeBuffer Matrices { get; private set; } = new(0);

    /// <summary>The gradient of the transformed weights.</summary>
    public NativeBuffer Products { get; private set; } = new(0);

    /// <summary>Transformed inputs of a group of tiles: position, tile, channel.</summary>
    public NativeBuffer Inputs { get; private set; } = new(0);

    /// <summary>Transformed output gradients of the group.</summary>
    public NativeBuffer Outputs { get; private set; } = new(0);

    /// <summary>Zeros, as many as the widest map has channels.</summary>
    public float* Zeros => _zeros.Pointer;

    /// <summary>Makes room for one more step.</summary>
    public void Reserve(long matrices, long inputs, long outputs, int channels)
    {
        Matrices = AtLeast(Matrices, matrices);
        Products = AtLeast(Products, matrices);
        Inputs = AtLeast(Inputs, inputs);
        Outputs = AtLeast(Outputs, outputs);
        _zeros = AtLeast(_zeros, channels);
    }

    public void Dispose()
    {
        Matrices.Dispose();
        Products.Dispose();
        Inputs.Dispose();
        Outputs.Dispose();
        _zeros.Dispose();
    }

    private static NativeBuffer AtLeast(NativeBuffer buffer, long length)
    {
        if (buffer.Length >= length)
        {
            return buffer;
        }

        buffer.Dispose();
        return new NativeBuffer(length);
    }
}
