using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>One model's crop in a comparison.</summary>
public sealed record FigurePanel
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The model's pixels in the region, at their own size.</summary>
    public required ImageBuffer Crop { get; init; }

    /// <summary>PSNR of the whole image, dB, under the report's protocol.</summary>
    public required double Psnr { get; init; }

    /// <summary>SSIM of the whole image under the report's protocol.</summary>
    public required double Ssim { get; init; }
}
