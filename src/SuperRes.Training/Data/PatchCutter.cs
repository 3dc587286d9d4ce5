using SuperRes.Pixels;

namespace SuperRes.Training.Data;

/// <summary>Copies a turned square of an 8-bit image into a batch as floats in [0, 1].</summary>
internal static class PatchCutter
{
    private const float PerLevel = 1f / 255;

    /// <summary>Writes the square with its corner at (x, y) of <paramref name="image"/> as item <paramref name="item"/> of the batch.</summary>
    public static void Cut(ImageBuffer image, int x, int y, PatchSample symmetry, FeatureBatch batch, int item)
    {
        var side = batch.Height;
        var samples = image.Samples<byte>();
        var target = batch.Values.AsSpan(item * side * side * 3, side * side * 3);
        var (stepX, stepY) = (3, image.RowLength);
        var start = (y * image.RowLength) + (x * 3);
        if (symmetry.FlipHorizontal)
        {
            start += (side - 1) * stepX;
            stepX = -stepX;
        }

        if (symmetry.FlipVertical)
        {
            start += (side - 1) * stepY;
            stepY = -stepY;
        }

        var (inner, outer) = symmetry.Transpose ? (stepY, stepX) : (stepX, stepY);
        for (var row = 0; row < side; row++)
        {
            var source = start + (row * outer);
            for (var column = 0; column < side; column++, source += inner)
            {
                var pixel = ((row * side) + column) * 3;
                target[pixel] = samples[source] * PerLevel;
                target[pixel + 1] = samples[source + 1] * PerLevel;
                target[pixel + 2] = samples[source + 2] * PerLevel;
            }
        }
    }
}
