namespace SuperRes.Studio.Browser.Tests;

public sealed class FormatTests(StudioFixture studio)
{
    [Theory]
    [InlineData("time(999)", "1.00 s")]
    [InlineData("time(59_499)", "59.5 s")]
    [InlineData("time(59_500)", "1 min 0 s")]
    [InlineData("time(59_999)", "1 min 0 s")]
    [InlineData("time(119_400)", "1 min 59 s")]
    [InlineData("time(119_600)", "2 min 0 s")]
    [InlineData("bytes(999)", "999 B")]
    [InlineData("bytes(1_500)", "1.5 kB")]
    [InlineData("bytes(256_000_000)", "256 MB")]
    [InlineData("bytes(8_000_000_000)", "8 GB")]
    public async Task Text_OfANumber_IsWhatAPersonExpects(string call, string expected)
    {
        await using var visit = await studio.OpenAsync();

        Assert.Equal(expected, await visit.Page.EvaluateAsync<string>($"() => import('/js/format.js').then(format => format.{call})"));
    }
}
