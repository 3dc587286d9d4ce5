using System.Text.Json.Serialization;

namespace SuperRes.Studio.Jobs;

/// <summary>How close a result is to its reference.</summary>
/// <param name="Protocol">The protocol that the numbers go by.</param>
/// <param name="Psnr">In decibels; the string "Infinity" where the images are the same.</param>
/// <param name="Ssim">At most 1.</param>
internal sealed record JobMetrics(string Protocol, [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Psnr, double Ssim);
