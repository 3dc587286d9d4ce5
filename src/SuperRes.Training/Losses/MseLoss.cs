using System.Numerics;
using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>Mean squared error.</summary>
public sealed record MseLoss : PixelLoss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "mse";

    /// <inheritdoc/>
    protected override double AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, float scale) =>
        PairwiseSum.Over(output, target, gradient, new Term(scale));

    private readonly struct Term(float scale) : PairwiseSum.ITerm
    {
        public Vector<float> Evaluate(Vector<float> difference, ref Vector<float> gradient)
        {
            gradient += difference * (2 * scale);
            return difference * difference;
        }
    }
}
