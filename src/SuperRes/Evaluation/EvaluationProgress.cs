namespace SuperRes.Evaluation;

/// <summary>Told after every image and model.</summary>
/// <param name="Done">Measurements done, failed ones included.</param>
/// <param name="Total">Measurements in the whole run: images x models x scales.</param>
/// <param name="Dataset">The data set of the last one.</param>
/// <param name="Scale">Its scale.</param>
/// <param name="Image">Its image.</param>
/// <param name="Model">Its model.</param>
/// <param name="Psnr">Its PSNR in dB; null where it failed.</param>
public sealed record EvaluationProgress(int Done, int Total, string Dataset, int Scale, string Image, string Model, double? Psnr);
