using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class AlphaBleedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fill_Cancelled_Throws(int threads)
    {
        var color = new ImageBuffer(80, 80, ColorModel.Rgb, SampleType.UInt8);
        var alpha = new ImageBuffer(80, 80, ColorModel.Gray, SampleType.UInt8);
        Assert.Throws<OperationCanceledException>(() => AlphaBleed.Fill(color, alpha, threads, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Fill_OnePixelKnown_SpreadsItEverywhere()
    {
        var color = new ImageBuffer(37, 21, ColorModel.Gray, SampleType.UInt8);
        var alpha = new ImageBuffer(37, 21, ColorModel.Gray, SampleType.UInt8);
        color.Row<byte>(5)[30] = 77;
        alpha.Row<byte>(5)[30] = 255;

        AlphaBleed.Fill(color, alpha);

        Assert.True(color.Samples<byte>().IndexOfAnyExcept((byte)77) < 0);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fill_WithAVisiblePixelThatIsNoNumber_FillsFromTheOthers(float broken)
    {
        var color = new ImageBuffer(40, 40, ColorModel.Rgb, SampleType.Float32);
        var alpha = new ImageBuffer(40, 40, ColorModel.Gray, SampleType.Float32);
        for (var y = 0; y < 40; y++)
        {
            color.Row<float>(y)[..60].Fill(0.5f);
            alpha.Row<float>(y)[..20].Fill(1);
        }

        color.Row<float>(2)[(3 * 2) + 1] = broken;

        AlphaBleed.Fill(color, alpha);

        Assert.Equal(broken, color.Row<float>(2)[(3 * 2) + 1]);
        color.Row<float>(2)[(3 * 2) + 1] = 0.5f;
        Assert.All(color.Samples<float>().ToArray(), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void Fill_VisiblePixels_KeepTheirColor()
    {
        var random = new Random(7);
        var samples = new ushort[16 * 9 * 3];
        var opacity = new ushort[16 * 9];
        for (var i = 0; i < opacity.Length; i++)
        {
            opacity[i] = (ushort)(random.Next(3) == 0 ? 0 : random.Next(4096, 65536));
            (samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]) = ((ushort)random.Next(65536), (ushort)random.Next(65536), (ushort)random.Next(65536));
        }

        var color = ImageBuffer.FromSamples(16, 9, ColorModel.Rgb, (ushort[])samples.Clone());
        AlphaBleed.Fill(color, ImageBuffer.FromSamples(16, 9, ColorModel.Gray, opacity));

        for (var i = 0; i < opacity.Length; i++)
        {
            if (opacity[i] > 0)
            {
                Assert.Equal(samples.AsSpan(3 * i, 3), color.Samples<ushort>().Slice(3 * i, 3));
            }
        }
    }

    [Fact]
    public void Fill_TwoColors_EachHoleTakesTheNearerOne()
    {
        // Left column red, right column green; the hole between must run from one to the other without a jump.
        const int Width = 32;
        var color = new ImageBuffer(Width, 8, ColorModel.Rgb, SampleType.Float32);
        var alpha = new ImageBuffer(Width, 8, ColorModel.Gray, SampleType.Float32);
        for (var y = 0; y < 8; y++)
        {
            (color.Row<float>(y)[0], alpha.Row<float>(y)[0]) = (1, 1);
            (color.Row<float>(y)[((Width - 1) * 3) + 1], alpha.Row<float>(y)[Width - 1]) = (1, 1);
        }

        AlphaBleed.Fill(color, alpha);

        var row = color.Row<float>(4).ToArray();
        for (var x = 1; x < Width; x++)
        {
            Assert.True(row[3 * x] <= row[3 * (x - 1)] + 1e-5, $"Red rises at {x}.");
            Assert.InRange(row[3 * x] + row[(3 * x) + 1], 1 - 1e-5, 1 + 1e-5);
        }
    }

    [Fact]
    public void Fill_NothingVisible_LeavesTheColors()
    {
        var color = ImageBuffer.FromSamples(3, 1, ColorModel.Gray, new byte[] { 1, 2, 3 });

        AlphaBleed.Fill(color, new ImageBuffer(3, 1, ColorModel.Gray, SampleType.UInt8));

        Assert.Equal(new byte[] { 1, 2, 3 }, color.Samples<byte>().ToArray());
    }
}
