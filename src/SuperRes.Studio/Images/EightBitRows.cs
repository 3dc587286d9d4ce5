using SuperRes.Pixels;

namespace SuperRes.Studio.Images;

/// <summary>Rows as a screen shows them: 8 bits.</summary>
internal sealed class EightBitRows(IImageRowSource rows) : IImageRowSource
{
    public int Width => rows.Width;

    public int Height => rows.Height;

    public ColorModel Color => rows.Color;

    public SampleType SampleType => SampleType.UInt8;

    public ImageBuffer? Read(int maxRows) => rows.Read(maxRows)?.ConvertTo(SampleType.UInt8);
}
