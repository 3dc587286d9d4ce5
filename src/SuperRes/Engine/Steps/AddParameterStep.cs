using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>Adds a learned map of the same size.</summary>
internal sealed unsafe class AddParameterStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly NativeBuffer _map;

    /// <param name="values">C, H, W.</param>
    public AddParameterStep(float[] values, int channels, int height, int width)
    {
        var stride = Packing.PixelStride(channels);
        _map = new NativeBuffer((long)height * width * stride);
        for (var i = 0; i < values.Length; i++)
        {
            var (c, position) = Math.DivRem(i, height * width);
            _map.Pointer[((long)position * stride) + c] = values[i];
        }
    }

    public override void Dispose() => _map.Dispose();

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var output = frame.Maps[Output];
        float* x = frame.Maps[Inputs[0]].Row(y), addend = _map.Pointer + ((nint)y * output.RowLength), target = output.Row(y);
        var i = 0;
        for (; i <= output.RowLength - TSimd.Count; i += TSimd.Count)
        {
            (TSimd.Load(x + i) + TSimd.Load(addend + i)).Store(target + i);
        }

        for (; i < output.RowLength; i++)
        {
            target[i] = x[i] + addend[i];
        }
    }
}
