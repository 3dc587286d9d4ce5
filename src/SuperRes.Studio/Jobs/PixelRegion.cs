namespace SuperRes.Studio.Jobs;

/// <summary>A part of an image, in its own pixels.</summary>
/// <param name="X">Left edge, from 0.</param>
/// <param name="Y">Top edge, from 0.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
internal sealed record PixelRegion(int X, int Y, int Width, int Height)
{
    /// <exception cref="StudioException">The part is empty or leaves the image.</exception>
    public void ThrowUnlessWithin(int width, int height)
    {
        if (X < 0 || Y < 0 || Width < 1 || Height < 1 || X > width - Width || Y > height - Height)
        {
            throw StudioException.BadRequest(
                $"The region {Width} x {Height} at ({X}, {Y}) is not within the image of {width} x {height} pixels. Choose one inside it.");
        }
    }
}
