using SuperRes.Imaging.Data.Checking;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data.Checking;

public sealed class PillowBicubicTests
{
    /// <summary>From Pillow 9.4: <c>Image.fromarray(a).resize((w, h), Image.BICUBIC)</c> of the image below.</summary>
    public static TheoryData<int, int, byte[]> Expected => new()
    {
        { 3, 2, [121, 136, 133, 132, 130, 128, 127, 133, 129, 136, 122, 131, 128, 130, 126, 130, 119, 137] },
        {
            4, 5,
            [
                105, 130, 145, 124, 133, 141, 114, 123, 138, 117, 142, 120, 129, 135, 131, 144, 137, 130, 131, 126,
                126, 134, 143, 142, 114, 150, 117, 140, 130, 117, 129, 139, 114, 139, 110, 121, 129, 110, 146, 128,
                121, 132, 127, 124, 128, 130, 101, 152, 161, 114, 130, 123, 137, 120, 131, 132, 136, 124, 135, 141,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Shrink_OfAnImage_GivesPillowsSamples(int width, int height, byte[] expected)
    {
        const int InputWidth = 13, InputHeight = 11;
        var image = new ImageBuffer(InputWidth, InputHeight, ColorModel.Rgb, SampleType.UInt8);
        for (var y = 0; y < InputHeight; y++)
        {
            for (var x = 0; x < InputWidth; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    image.Row<byte>(y)[(x * 3) + c] = (byte)((x * 37) + (y * 91) + (c * 53) + (x * y * 7));
                }
            }
        }

        Assert.Equal(expected, PillowBicubic.Shrink(image, width, height).Samples<byte>().ToArray());
    }
}
