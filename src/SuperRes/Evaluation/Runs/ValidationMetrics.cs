namespace SuperRes.Evaluation.Runs;

/// <summary>One measurement on the validation images: one line of <c>validation.jsonl</c>.</summary>
/// <param name="Step">After which step.</param>
/// <param name="Psnr">Mean PSNR in dB of the averaged weights, by the recipe's protocol.</param>
/// <param name="Ssim">Mean SSIM of the averaged weights.</param>
/// <param name="RawPsnr">Mean PSNR in dB of the weights as they are.</param>
/// <param name="RawSsim">Mean SSIM of the weights as they are.</param>
public sealed record ValidationMetrics(long Step, double Psnr, double Ssim, double RawPsnr, double RawSsim);
