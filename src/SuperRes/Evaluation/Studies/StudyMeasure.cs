namespace SuperRes.Evaluation.Studies;

/// <summary>A number that a study reports.</summary>
/// <param name="Kind">psnr, ssim, overshoot, undershoot or band.</param>
/// <param name="Protocol">Of psnr and ssim: the protocol; null elsewhere.</param>
/// <param name="Band">Of a band of frequency: its number from 1; null elsewhere.</param>
public sealed record StudyMeasure(string Kind, string? Protocol = null, int? Band = null)
{
    /// <summary>PSNR under a protocol, dB.</summary>
    public static StudyMeasure Psnr(string protocol) => new("psnr", protocol);

    /// <summary>SSIM under a protocol.</summary>
    public static StudyMeasure Ssim(string protocol) => new("ssim", protocol);

    /// <summary>Bright lines beside edges, 8-bit levels.</summary>
    public static StudyMeasure Overshoot { get; } = new("overshoot");

    /// <summary>Dark lines beside edges, 8-bit levels.</summary>
    public static StudyMeasure Undershoot { get; } = new("undershoot");

    /// <summary>Error in a band of frequency from 1 to 4, 8-bit levels.</summary>
    public static StudyMeasure Error(int band) => new("band", Band: band);

    /// <summary>The measure's value on every image of a set.</summary>
    public double[] On(StudySet set) => Kind switch
    {
        "psnr" => set.By(Protocol!).Psnr,
        "ssim" => set.By(Protocol!).Ssim,
        "overshoot" => set.Overshoot,
        "undershoot" => set.Undershoot,
        _ => set.Bands[Band!.Value - 1].Errors,
    };
}
