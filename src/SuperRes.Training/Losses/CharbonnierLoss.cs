using System.Numerics;
using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>sqrt(d² + epsilon²), the smooth L1 of LapSRN (Lai et al. 2017, arXiv:1704.03915, section 3.3).</summary>
public sealed record CharbonnierLoss : PixelLoss
{
    // The square of a smaller one is no normal float.
    private const double LeastEpsilon = 1e-18;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "charbonnier";

    /// <summary>Width of the rounded tip; 1e-3 in the paper.</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        Epsilon is >= LeastEpsilon and < 1
            ? base.Validate()
            : base.Validate().Append(FormattableString.Invariant($"epsilon is {Epsilon}, expected at least {LeastEpsilon} and below 1"));

    /// <inheritdoc/>
    protected override double AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, float scale) =>
        PairwiseSum.Over(output, target, gradient, new Term(scale, (float)(Epsilon * Epsilon)));

    private readonly struct Term(float scale, float squaredEpsilon) : PairwiseSum.ITerm
    {
        public Vector<float> Evaluate(Vector<float> difference, ref Vector<float> gradient)
        {
            var loss = Vector.SquareRoot((difference * difference) + new Vector<float>(squaredEpsilon));
            gradient += difference * scale / loss;
            return loss;
        }
    }
}
