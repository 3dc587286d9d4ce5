using System.Numerics;
using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>Mean absolute error; the gradient at 0 is 0.</summary>
public sealed record L1Loss : PixelLoss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "l1";

    /// <inheritdoc/>
    protected override double AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, float scale) =>
        PairwiseSum.Over(output, target, gradient, new Term(scale));

    private readonly struct Term(float scale) : PairwiseSum.ITerm
    {
        public Vector<float> Evaluate(Vector<float> difference, ref Vector<float> gradient)
        {
            var sign = Vector.ConditionalSelect(Vector.GreaterThan(difference, Vector<float>.Zero), new Vector<float>(scale), Vector<float>.Zero)
                - Vector.ConditionalSelect(Vector.LessThan(difference, Vector<float>.Zero), new Vector<float>(scale), Vector<float>.Zero);
            gradient += sign;
            return Vector.Abs(difference);
        }
    }
}
