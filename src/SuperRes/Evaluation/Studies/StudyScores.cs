using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Studies;

/// <summary>One protocol's numbers of every image of a set, in the set's order; four digits for PSNR, six for SSIM.</summary>
/// <param name="Protocol">The protocol's name.</param>
/// <param name="Psnr">PSNR in dB; positive infinity for identical images.</param>
/// <param name="Ssim">SSIM, at most 1.</param>
public sealed record StudyScores(
    string Protocol,
    [property: JsonConverter(typeof(NumberListConverter))] double[] Psnr,
    [property: JsonConverter(typeof(NumberListConverter))] double[] Ssim);
