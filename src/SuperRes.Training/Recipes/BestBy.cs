namespace SuperRes.Training.Recipes;

/// <summary>What <c>best.safetensors</c> is chosen by.</summary>
public enum BestBy
{
    /// <summary>The highest mean PSNR.</summary>
    Psnr,

    /// <summary>The highest mean SSIM, which says more of structure than of levels.</summary>
    Ssim,
}
