using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>A pixel shuffle, where no convolution could take it in.</summary>
internal sealed unsafe class ShuffleStep(int factor, int channels) : RowStep
{
    public override int RowMultiple => factor;

    public override RowRange InputRows(int input, RowRange output) =>
        new(RowRange.FloorDivide(output.Start, factor), RowRange.FloorDivide(output.End - 1, factor) + 1);

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var source = input.Row(y / factor);
        for (var dy = 0; dy < factor; dy++)
        {
            var target = output.Row(y + dy);
            for (var x = 0; x < output.Width; x++, target += output.PixelStride)
            {
                var pixel = source + ((nint)(x / factor) * input.PixelStride) + (dy * factor) + (x % factor);
                for (var c = 0; c < channels; c++)
                {
                    target[c] = pixel[c * factor * factor];
                }

                new Span<float>(target + channels, output.PixelStride - channels).Clear();
            }
        }
    }
}
