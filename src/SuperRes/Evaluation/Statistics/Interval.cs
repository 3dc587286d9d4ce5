using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Statistics;

/// <summary>A confidence interval. In JSON it is the array <c>[low, high]</c>.</summary>
/// <param name="Low">The lower end, in the unit of the quantity.</param>
/// <param name="High">The upper end; may be positive infinity where a PSNR is.</param>
[JsonConverter(typeof(IntervalJsonConverter))]
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether the value lies inside, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
