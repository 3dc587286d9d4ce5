namespace SuperRes.Metrics;

/// <summary>What a protocol measures of a colour image.</summary>
public enum MeasuredChannels
{
    /// <summary>BT.601 luma as in MATLAB's <c>rgb2ycbcr</c>, 16 to 235, in double precision.</summary>
    Luma,

    /// <summary>Red, green and blue: PSNR of the common mean squared error, SSIM as the channels' mean.</summary>
    Rgb,
}
