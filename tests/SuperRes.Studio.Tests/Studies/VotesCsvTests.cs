using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests.Studies;

public sealed class VotesCsvTests
{
    [Fact]
    public void Write_AwkwardNames_AreQuotedAndNoFormulas() => Assert.Equal(
        "voted,voter,image,left,right,preferred\r\n"
        + "2026-01-01T00:00:00.000Z,'=SUM(A1),\"a,b\",edsr,bicubic,edsr\r\n"
        + "2026-01-01T00:00:01.000Z,\"Ada \"\"the first\"\"\",c,bicubic,edsr,same\r\n",
        VotesCsv.Write(
        [
            new VoteRecord("=SUM(A1)", "a,b", "bicubic", "edsr", 2, true, "2026-01-01T00:00:00.000Z"),
            new VoteRecord("Ada \"the first\"", "c", "bicubic", "edsr", 0, false, "2026-01-01T00:00:01.000Z"),
        ]));
}
