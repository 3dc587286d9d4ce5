using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Hands rows of a map to the caller beside the result, without the channels that only fill up a vector.</summary>
/// <param name="tap">Position among the engine's taps.</param>
/// <param name="channels">Channels that count.</param>
internal sealed unsafe class TapStep(int tap, int channels) : RowStep
{
    public override bool HasOutput => false;

    public override bool IsTap => true;

    public override long ScratchLength(MapShape output) => (long)output.Width * channels;

    public override double CostPerRow(MapShape output) => 0;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var map = frame.Maps[Inputs[0]];
        var row = map.Row(y);
        if (map.PixelStride != channels)
        {
            for (var x = 0; x < map.Width; x++)
            {
                new ReadOnlySpan<float>(row + ((nint)x * map.PixelStride), channels).CopyTo(new Span<float>(scratch + ((nint)x * channels), channels));
            }

            row = scratch;
        }

        frame.Taps[tap].Write(y, new ReadOnlySpan<float>(row, map.Width * channels));
    }
}
