using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Gradients;

/// <summary>Writes a tile of results, or the part of it that lies within the map.</summary>
internal static unsafe class TileStore<TSimd, TActivation>
    where TSimd : unmanaged, ISimd<TSimd>
    where TActivation : struct, IActivation<TSimd>
{
    /// <param name="parameters">The activation's parameter of each channel.</param>
    /// <param name="rows">Where the tile's rows go; only <paramref name="height"/> of them.</param>
    /// <param name="residuals">Rows to add, strided like the result; may be the result's own. Null for none.</param>
    /// <param name="height">Rows within the map, 1 to 6.</param>
    /// <param name="width">Columns within the map, 1 to 6.</param>
    /// <param name="spare">Room for a whole tile.</param>
    public static void Store(
        float* products, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride, int height, int width, float* spare)
    {
        if (height < WinogradMath.Tile || width < WinogradMath.Tile)
        {
            StorePart(products, positionStride, channels, bias, parameters, rows, residuals, pixelStride, height, width, spare);
        }
        else
        {
            WinogradOutput<TSimd, TActivation>.Transform(products, positionStride, channels, bias, parameters, rows, residuals, pixelStride);
        }
    }

    private static void StorePart(
        float* products, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride, int height, int width, float* spare)
    {
        var spareRows = stackalloc float*[WinogradMath.Tile];
        for (var row = 0; row < WinogradMath.Tile; row++)
        {
            spareRows[row] = spare + (row * WinogradMath.Tile * channels);
        }

        WinogradOutput<TSimd, TActivation>.Transform(products, positionStride, channels, bias, parameters, spareRows, null, channels);
        for (var row = 0; row < height; row++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = spareRows[row] + (x * channels);
                if (residuals is not null)
                {
                    Elementwise.Add(pixel, residuals[row] + (x * pixelStride), channels);
                }

                Elementwise.Put(rows[row] + (x * pixelStride), pixel, channels, accumulate: false);
            }
        }
    }
}
