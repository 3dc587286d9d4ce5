namespace SuperRes.Pixels;

/// <summary>How one sample of an image is stored, and the range that stands for black to white.</summary>
public enum SampleType
{
    /// <summary>8-bit unsigned, 0 to 255.</summary>
    UInt8,

    /// <summary>16-bit unsigned, 0 to 65535.</summary>
    UInt16,

    /// <summary>32-bit float, 0 to 1; values outside are kept (HDR, overshoot) until they are quantised.</summary>
    Float32,
}
