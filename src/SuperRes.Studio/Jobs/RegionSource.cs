using SuperRes.Pixels;

namespace SuperRes.Studio.Jobs;

/// <summary>The rows of a part of an image; what lies outside is read and let go.</summary>
internal sealed class RegionSource(IImageRowSource whole, PixelRegion region) : IImageRowSource
{
    private const int SkippedAtOnce = 64;

    private int _rowsRead;

    public int Width => region.Width;

    public int Height => region.Height;

    public ColorModel Color => whole.Color;

    public SampleType SampleType => whole.SampleType;

    public ImageBuffer? Read(int maxRows)
    {
        while (_rowsRead < region.Y)
        {
            _rowsRead += whole.Read(Math.Min(SkippedAtOnce, region.Y - _rowsRead))!.Height;
        }

        var count = Math.Min(maxRows, region.Y + region.Height - _rowsRead);
        if (count == 0)
        {
            return null;
        }

        var rows = whole.Read(count)!;
        _rowsRead += rows.Height;
        return rows.Crop(region.X, 0, region.Width, rows.Height);
    }
}
