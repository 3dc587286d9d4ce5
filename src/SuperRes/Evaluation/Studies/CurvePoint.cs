namespace SuperRes.Evaluation.Studies;

/// <summary>A measurement on the validation images on the way.</summary>
/// <param name="Step">After which step.</param>
/// <param name="Psnr">Mean PSNR in dB of the averaged weights.</param>
/// <param name="Ssim">Their mean SSIM.</param>
public sealed record CurvePoint(long Step, double Psnr, double Ssim);
