using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Tests.Metadata;

public sealed class IptcBlockTests
{
    private static readonly byte[] Records = [0x1C, 2, 25, 0, 3, (byte)'o', (byte)'n', (byte)'e'];

    [Fact]
    public void Unwrap_OfAPhotoshopBlock_FindsTheRecordsAmongTheResources()
    {
        byte[] block =
        [
            .. "Photoshop 3.0\0"u8,
            .. "8BIM"u8, 0x03, 0xED, 2, (byte)'a', (byte)'b', 0, 0, 0, 0, 3, 1, 2, 3, 0, // odd name and odd data, both padded
            .. "8BIM"u8, 0x04, 0x04, 0, 0, 0, 0, 0, 8, .. Records,
        ];

        Assert.Equal(Records, IptcBlock.Unwrap(block));
    }

    [Fact]
    public void Unwrap_OfBareRecords_GivesThem() => Assert.Equal(Records, IptcBlock.Unwrap(Records));

    [Fact]
    public void Unwrap_OfWhatWrapMade_GivesItBack()
    {
        byte[] odd = [.. Records, 0x1C];

        Assert.Equal(odd, IptcBlock.Unwrap(IptcBlock.Wrap(odd)));
        Assert.Equal(0, IptcBlock.Wrap(odd).Length % 2);
    }

    [Theory]
    [InlineData("Photoshop 3.0\0")]
    [InlineData("Photoshop 3.0\08BIM")]
    [InlineData("Photoshop 3.0\08BIM\u0004\u0004\0\0\u007f\u007f\u007f\u007f")]
    [InlineData("garbage")]
    public void Unwrap_OfDamage_GivesNothing(string block) => Assert.Empty(IptcBlock.Unwrap(System.Text.Encoding.Latin1.GetBytes(block)));
}
