namespace SuperRes.ModelFiles;

/// <summary>What a model reached on a data set; a number means nothing without its protocol.</summary>
/// <param name="DataSet">For example <c>Set5</c>.</param>
/// <param name="Scale">How many times the images were enlarged.</param>
/// <param name="Protocol">The protocol's name: <c>y</c>, <c>rgb</c>, <c>div2k</c>, <c>paper</c>.</param>
/// <param name="Psnr">Mean over the images, in dB.</param>
/// <param name="Ssim">Mean over the images.</param>
public sealed record ModelScore(string DataSet, int Scale, string Protocol, double Psnr, double Ssim);
