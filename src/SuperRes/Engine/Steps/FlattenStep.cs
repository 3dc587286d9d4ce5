using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>All values of a map as the channels of one pixel, in C, H, W order.</summary>
internal sealed unsafe class FlattenStep(int channels) : RowStep
{
    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var target = output.Row(0);
        for (var c = 0; c < channels; c++)
        {
            for (var row = 0; row < input.Height; row++)
            {
                var source = input.Row(row) + c;
                for (var x = 0; x < input.Width; x++, source += input.PixelStride)
                {
                    *target++ = *source;
                }
            }
        }

        new Span<float>(target, (int)(output.Row(0) + output.PixelStride - target)).Clear();
    }
}
