using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>Multi-head attention of each position to all positions of the map.</summary>
internal sealed unsafe class SelfAttentionStep<TSimd>(int heads, int channels) : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly int _depth = channels / heads;

    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    /// <summary>The scores of one query and one head.</summary>
    public override long ScratchLength(MapShape output) => (long)output.Height * output.Width;

    public override double CostPerRow(MapShape output) => 2.0 * output.Width * output.Height * output.Width * channels;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        float* query = input.Row(y), target = output.Row(y);
        for (var x = 0; x < output.Width; x++, query += input.PixelStride, target += output.PixelStride)
        {
            new Span<float>(target, output.PixelStride).Clear();
            for (var head = 0; head < heads; head++)
            {
                Attend(frame, query + (head * _depth), head * _depth, scratch, target + (head * _depth));
            }
        }
    }

    private void Attend(Frame frame, float* query, int offset, float* scores, float* target)
    {
        var input = frame.Maps[Inputs[0]];
        var largest = float.NegativeInfinity;
        var scale = 1 / MathF.Sqrt(_depth);
        var score = scores;
        for (var row = 0; row < input.Height; row++)
        {
            var key = input.Row(row) + channels + offset;
            for (var x = 0; x < input.Width; x++, key += input.PixelStride)
            {
                *score = Dot(query, key) * scale;
                largest = Math.Max(largest, *score++);
            }
        }

        var count = input.Height * input.Width;
        var total = 0f;
        for (var i = 0; i < count; i++)
        {
            // Shifted by the largest score, so that nothing overflows.
            total += scores[i] = MathF.Exp(scores[i] - largest);
        }

        score = scores;
        for (var row = 0; row < input.Height; row++)
        {
            var value = input.Row(row) + (2 * channels) + offset;
            for (var x = 0; x < input.Width; x++, value += input.PixelStride)
            {
                AddScaled(value, *score++ / total, target);
            }
        }
    }

    private float Dot(float* x, float* y)
    {
        var sum = TSimd.Zero;
        var i = 0;
        for (; i <= _depth - TSimd.Count; i += TSimd.Count)
        {
            sum = TSimd.MultiplyAdd(TSimd.Load(x + i), TSimd.Load(y + i), sum);
        }

        var result = TSimd.Sum(sum);
        for (; i < _depth; i++)
        {
            result += x[i] * y[i];
        }

        return result;
    }

    private void AddScaled(float* source, float factor, float* target)
    {
        var i = 0;
        for (; i <= _depth - TSimd.Count; i += TSimd.Count)
        {
            TSimd.MultiplyAdd(TSimd.Load(source + i), TSimd.Broadcast(factor), TSimd.Load(target + i)).Store(target + i);
        }

        for (; i < _depth; i++)
        {
            target[i] += source[i] * factor;
        }
    }
}
