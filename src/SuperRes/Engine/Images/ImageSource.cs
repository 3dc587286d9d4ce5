using SuperRes.Pixels;

namespace SuperRes.Engine.Images;

/// <summary>Gives an RGB image of any sample type to the engine.</summary>
internal sealed class ImageSource(ImageBuffer image) : IRowSource
{
    public void Read(int y, Span<float> row) => UnitSamples.Load(image, y, row);
}
