using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Tests.Evaluation.Reports.Html;

public sealed class HtmlReportTests
{
    private static readonly string Page = Write(TestReports.Small());

    [Fact]
    public void Write_OfASmallReport_IsWellFormed()
    {
        // HTML without the void elements' missing ends is XML; a tag or a quote out of place throws.
        var root = Parse(Page);

        Assert.Equal("html", root.Name.LocalName);
        Assert.All(root.Descendants("table"), table => Assert.Single(table.Descendants("tr").Select(row => row.Elements().Count()).Distinct()));
    }

    [Fact]
    public void Write_OfASmallReport_ShowsTheNumbers()
    {
        var means = Parse(Page).Descendants("table").First();
        var rows = means.Element("tbody")!.Elements("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))).ToArray();

        Assert.Equal(["bicubic|28.50[26.75, 28.50]|0.8125|–|–|1.75|0", "edsr-x4|∞[26.75, ∞]|0.8125|+1.000|1 / 1|1,350|1.52 M"], rows);
        Assert.Equal("Infinity", (string?)means.Descendants("td").Single(cell => cell.Value.StartsWith('∞')).Attribute("data-v"));
    }

    [Fact]
    public void Write_AnyReport_AsksForNothingOutsideThePage()
    {
        Assert.DoesNotContain("http://", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Page, StringComparison.Ordinal);
        var addresses = Parse(Page).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href").Select(attribute => attribute.Value);
        Assert.All(addresses, address => Assert.True(address.StartsWith('#') || address.StartsWith("data:image/png;base64,", StringComparison.Ordinal), address));
    }

    [Fact]
    public void Write_AnyReport_AllowsItsOwnStyleAndScriptOnly()
    {
        var policy = Match("Content-Security-Policy\" content=\"([^\"]*)\"");

        Assert.StartsWith("default-src 'none'; img-src data:;", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{Hash(Match("<style>(.*?)</style>"))}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src 'sha256-{Hash(Match("<script>(.*?)</script>"))}'", policy, StringComparison.Ordinal);
        Assert.Empty(Parse(Page).Descendants().Attributes("style"));
    }

    [Fact]
    public void Write_NamesThatAreMarkup_ShowsThemAsText()
    {
        var page = Write(TestReports.Hostile());
        var root = Parse(page);

        Assert.Single(root.Descendants("script"));
        Assert.Empty(root.Descendants("i"));
        Assert.Empty(root.Descendants().Attributes("onload"));
        Assert.Contains(root.Descendants("bdi"), name => name.Value == "<script>alert('m')</script>");
        Assert.Contains(root.Descendants("li"), item => item.Value.Contains("\"<i>\" is 3x3, not 4x4.", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_WithFigures_EmbedsEveryCrop()
    {
        var images = Parse(Page).Descendants("img").Select(image => (string?)image.Attribute("src")).ToArray();

        // The encoder's stand-in writes width and height: original 48x48, low resolution 12x12, two models.
        Assert.Equal(["MDA=", "DAw=", "MDA=", "MDA="], images.Select(image => image!["data:image/png;base64,".Length..]));
        Assert.All(Parse(Page).Descendants("img"), image => Assert.NotEmpty((string?)image.Attribute("alt") ?? ""));
    }

    [Fact]
    public void Write_EveryChart_HasATextForThoseWhoDoNotSeeIt()
    {
        var charts = Parse(Page).Descendants("svg").Where(svg => (string?)svg.Attribute("aria-hidden") != "true").ToArray();

        Assert.Equal(5, charts.Length);
        Assert.All(charts, chart => Assert.True((string?)chart.Attribute("role") == "img" && ((string?)chart.Attribute("aria-label"))?.Length > 10));
    }

    [Fact]
    public void Write_ManyImages_DrawsCurvesInsteadOfRows()
    {
        var small = TestReports.Small();
        var many = Enumerable.Range(0, 100).Select(i => small.Results[0].Images[0] with { Name = $"{i}", Psnr = 20 + (i * 0.1) }).ToArray();
        var page = Write(small with { Results = [.. small.Results.Select(result => result with { Images = many })] });

        Assert.Equal(3, Parse(page).Descendants("polyline").Count());
    }

    [Fact]
    public void Write_NothingMeasured_StillIsAPage()
    {
        var small = TestReports.Small();
        var failed = small.Results[0] with { Psnr = null, PsnrInterval = null, Ssim = null, Ms = null, Images = [], Others = [], Failures = [new ImageFailure("baby", "It is broken.")] };
        var page = Write(small with { Results = [failed], Comparisons = [] });

        Assert.Contains("baby: It is broken.", Parse(page).Descendants("li").Select(item => item.Value));
        Assert.DoesNotContain("NaN", page[..page.IndexOf("<script>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void Write_UnderAnyCulture_IsTheSame(string culture) =>
        Assert.Equal(Page, Cultures.Under(culture, () => Write(TestReports.Small())));

    private static string Write(EvaluationReport report) => HtmlReport.Write(report, [TestReports.Figure()], TestReports.FakePng);

    private static string Match(string pattern) => Regex.Match(Page, pattern, RegexOptions.Singleline).Groups[1].Value;

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static XElement Parse(string page)
    {
        var xml = Regex.Replace(page, "<!doctype html>|<style>.*?</style>", "", RegexOptions.Singleline);
        xml = Regex.Replace(xml, "(<script>)(.*?)(</script>)", match => $"<script>{WebUtility.HtmlEncode(match.Groups[2].Value)}</script>", RegexOptions.Singleline);
        return XElement.Parse(Regex.Replace(xml, "<(meta|img)([^>]*)>", "<$1$2/>"));
    }
}
