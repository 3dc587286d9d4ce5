using SuperRes.Engine.Kernels;
using SuperRes.Engine.Simd;

namespace SuperRes.Tests.Engine.Kernels;

/// <summary>The kernels of CBAM, at every vector width, against their definitions in double precision.</summary>
public sealed unsafe class AttentionKernelTests
{
    private const double Tolerance = 2e-6;

    [Fact]
    public void ChannelPooling_OfGatedPixels_IsMeanAndMaximum()
    {
        foreach (var (width, channels) in from width in Enumerable.Range(1, 9) from channels in new[] { 3, 16, 20, 64 } select (width, channels))
        {
            CheckChannelPooling<Simd128>(width, channels);
            CheckChannelPooling<Simd256>(width, channels);
            CheckChannelPooling<Simd512>(width, channels);
        }
    }

    [Fact]
    public void Gating_WithAndWithoutResidual_MultipliesAndAdds()
    {
        CheckGating<Simd128>();
        CheckGating<Simd256>();
        CheckGating<Simd512>();
    }

    [Fact]
    public void TileStatistics_OfAnySize_AreSumAndMaximum()
    {
        foreach (var (height, width) in from height in new[] { 1, 3, 6 } from width in new[] { 1, 4, 5 } select (height, width))
        {
            CheckTileStatistics<Simd128>(height, width);
            CheckTileStatistics<Simd256>(height, width);
            CheckTileStatistics<Simd512>(height, width);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(70)]
    public void SpatialConvolution_OfARow_IsTheLogisticOfTheCorrelation(int width)
    {
        CheckSpatialConvolution<Simd128>(width);
        CheckSpatialConvolution<Simd256>(width);
        CheckSpatialConvolution<Simd512>(width);
    }

    private static void CheckChannelPooling<TSimd>(int width, int channels)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        using var memory = new Memory(seed: 1);
        var stride = (channels + 15) / 16 * 16;
        var row = memory.Random(width * stride);
        var gates = memory.Random(stride);
        var floor = memory.Empty(stride);
        var means = memory.Empty(width);
        var maxima = memory.Empty(width);
        for (var c = 0; c < stride; c++)
        {
            (gates[c], floor[c]) = c < channels ? (gates[c], 0f) : (0f, float.NegativeInfinity);
        }

        ChannelPooling<TSimd>.Compute(row, width, stride, gates, floor, channels, means, maxima);

        for (var x = 0; x < width; x++)
        {
            var values = new double[channels];
            for (var c = 0; c < channels; c++)
            {
                values[c] = row[(x * stride) + c] * gates[c];
            }

            Assert.Equal(values.Average(), means[x], Tolerance);
            Assert.Equal(values.Max(), maxima[x], Tolerance);
        }
    }

    private static void CheckGating<TSimd>()
        where TSimd : unmanaged, ISimd<TSimd>
    {
        const int Width = 5;
        const int Stride = 32;
        using var memory = new Memory(seed: 2);
        var row = memory.Random(Width * Stride);
        var channelGates = memory.Random(Stride);
        var pixelGates = memory.Random(Width);
        var residual = memory.Random(Width * Stride);
        var gated = memory.Empty(Width * Stride);
        var sum = memory.Empty(Width * Stride);

        Gating<TSimd>.Apply(row, Width, Stride, channelGates, pixelGates, gated);
        Gating<TSimd>.ApplyAndAdd(row, Width, Stride, channelGates, pixelGates, residual, sum);

        for (var i = 0; i < Width * Stride; i++)
        {
            var expected = (double)row[i] * channelGates[i % Stride] * pixelGates[i / Stride];
            Assert.Equal(expected, gated[i], Tolerance);
            Assert.Equal(expected + residual[i], sum[i], Tolerance);
        }
    }

    private static void CheckTileStatistics<TSimd>(int height, int width)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        const int Channels = 48;
        const int PixelStride = 64;
        using var memory = new Memory(seed: 3);
        var rows = stackalloc float*[height];
        for (var y = 0; y < height; y++)
        {
            rows[y] = memory.Random(width * PixelStride);
        }

        var target = memory.Empty(2 * PixelStride);
        TileStatistics<TSimd>.Compute(rows, height, width, PixelStride, Channels, target, PixelStride);

        for (var c = 0; c < Channels; c++)
        {
            var values = new double[height * width];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[i / width][(i % width * PixelStride) + c];
            }

            Assert.Equal(values.Sum(), target[c], Tolerance);
            Assert.Equal(values.Max(), target[PixelStride + c], Tolerance);
        }
    }

    private static void CheckSpatialConvolution<TSimd>(int width)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        const int Rows = 14;
        const int Kernel = 7;
        const float Bias = 0.3f;
        using var memory = new Memory(seed: 4);
        var room = (width + SpatialConvolution<TSimd>.PixelMultiple - 1) / SpatialConvolution<TSimd>.PixelMultiple * SpatialConvolution<TSimd>.PixelMultiple;
        var rows = stackalloc float*[Rows];
        var weights = stackalloc float*[Rows];
        for (var row = 0; row < Rows; row++)
        {
            rows[row] = memory.Random(room + Kernel);
            weights[row] = memory.Random(Kernel);
        }

        var target = memory.Empty(room);
        SpatialConvolution<TSimd>.Compute(rows, weights, Rows, Kernel, Bias, target, width);

        for (var x = 0; x < width; x++)
        {
            double sum = Bias;
            for (var i = 0; i < Rows * Kernel; i++)
            {
                sum += (double)rows[i / Kernel][x + (i % Kernel)] * weights[i / Kernel][i % Kernel];
            }

            Assert.Equal(1 / (1 + Math.Exp(-sum)), target[x], Tolerance);
        }
    }
}
