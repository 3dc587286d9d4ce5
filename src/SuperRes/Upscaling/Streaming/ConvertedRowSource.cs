using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Rows as a network that follows other work sees them: float, and gray as three equal channels.</summary>
internal sealed class ConvertedRowSource(IImageRowSource source, bool replicate, int maxThreads) : IImageRowSource
{
    public int Width => source.Width;

    public int Height => source.Height;

    public ColorModel Color => replicate ? ColorModel.Rgb : source.Color;

    public SampleType SampleType => SampleType.Float32;

    public ImageBuffer? Read(int maxRows) => source.Read(maxRows)?.ConvertTo(SampleType.Float32, maxThreads) is not { } rows ? null
        : replicate ? ColorChannels.Replicate(rows)
        : rows;
}
