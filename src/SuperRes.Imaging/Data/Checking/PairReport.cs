namespace SuperRes.Imaging.Data.Checking;

/// <summary>How one low-resolution image compares with what MATLAB makes of its original.</summary>
/// <param name="Name">The image's name.</param>
/// <param name="Origin">How it was made, as far as it tells.</param>
/// <param name="DifferingShare">Share of samples that differ from MATLAB's, 0 to 1.</param>
/// <param name="LargestDifference">The largest difference from MATLAB's, in levels.</param>
/// <param name="Psnr">PSNR against MATLAB's, all samples, in dB; +infinity where none differs, null where it can't be judged.</param>
/// <param name="Closest">The method that comes closest, in words, where that is not MATLAB's.</param>
public sealed record PairReport(string Name, LowResolutionOrigin Origin, double DifferingShare, int LargestDifference, double? Psnr, string? Closest);
