using SuperRes.Pixels;

namespace SuperRes.Engine.Images;

/// <summary>Puts the engine's result into an RGB image of any sample type, row by row while it is in a cache.</summary>
internal sealed class ImageSink(ImageBuffer image) : IRowSink
{
    public void Write(int y, ReadOnlySpan<float> row) => UnitSamples.Store(row, image, y);
}
