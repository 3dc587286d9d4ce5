using SuperRes.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Write_OfASmallReport_HasTheTablesAndCards()
    {
        var markdown = MarkdownReport.Write(TestReports.Small() with { Figures = [TestReports.Figure().Reference] });

        const string Means = """
            ## Set5 ×4

            | Model | PSNR, dB | SSIM | Gain over bicubic, dB | ms per image | Parameters |
            |---|---|---|---|--:|--:|
            | bicubic | 28.50 [26.75, 28.50] | **0.8125** – | – | 1.75 | 0 |
            | edsr-x4 | **∞** [26.75, ∞] | **0.8125** – | +1.000 – | 1,350 | 1.52 M |

            With only 2 images the intervals come out too narrow; a larger set says more.

            | Model | PSNR, dB (paper) | SSIM (paper) | PSNR, dB, peak as the paper prints it (paper) |
            |---|--:|--:|--:|
            | bicubic | 25.13 | 0.5000 | 24.50 |
            | edsr-x4 | 25.13 | 0.5000 | 24.50 |

            ![baby: the original and every model, where the models differ most](figures/01-Set5-x4-baby.png)

            <details><summary>Per image: PSNR, dB / SSIM</summary>

            | Image | bicubic | edsr-x4 |
            |---|--:|--:|
            | baby | 30.25 / 0.8750 | **∞** / 1.0000 |
            | bird | 26.75 / 0.7500 | **27.75** / 0.8000 |

            </details>
            """;
        Assert.Contains(Means.ReplaceLineEndings("\n"), markdown, StringComparison.Ordinal);
        Assert.Contains("### `y`\n\n- Measured: Y\n- Gray images: as Y\n", markdown, StringComparison.Ordinal);
        Assert.Contains("- Note: A note.\n", markdown, StringComparison.Ordinal);
        Assert.Contains("### `paper`\n", markdown, StringComparison.Ordinal);
        Assert.Contains("95 % confidence interval", markdown, StringComparison.Ordinal);
        Assert.Contains("median of 3 runs", markdown, StringComparison.Ordinal);
        Assert.Contains("- Date: 2026-03-04 05:06:07 UTC\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhereTheOtherProtocolMeasuredAllOrDoesNotSay_HasNoNoteOnIt()
    {
        var small = TestReports.Small();
        var counted = small with { Results = [.. small.Results.Select(result => result with { Others = [result.Others[0] with { Images = 2 }] })] };

        Assert.DoesNotContain("By protocol", MarkdownReport.Write(small), StringComparison.Ordinal);
        Assert.DoesNotContain("By protocol", MarkdownReport.Write(counted), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesThatAreMarkup_EscapesThem()
    {
        var markdown = MarkdownReport.Write(TestReports.Hostile());

        Assert.DoesNotContain("<script>", markdown, StringComparison.Ordinal);
        Assert.Contains(@"| \<script\>alert('m')\</script\> |", markdown, StringComparison.Ordinal);
        Assert.Contains(@"b\*c\_d\`e", markdown, StringComparison.Ordinal);
        Assert.Contains(@"| a\|b""onload=x |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AFailure_SaysWhoAndThatMeansDiffer()
    {
        var markdown = MarkdownReport.Write(TestReports.Hostile());

        Assert.Contains(@"- **Failed:** =1+1,  with b\*c\_d\`e: ""\<i\>"" is 3x3, not 4x4.", markdown, StringComparison.Ordinal);
        Assert.Contains("can't be compared", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MeansOverDifferentImages_MarksNoneAsTheBest()
    {
        var small = TestReports.Small();
        var unequal = small with { Results = [small.Results[0], small.Results[1] with { Images = [small.Results[1].Images[0]] }] };

        Assert.Contains("| edsr-x4 | ∞ [26.75, ∞] | 0.8125 – |", MarkdownReport.Write(unequal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void Write_UnderAnyCulture_IsTheSame(string culture) =>
        Assert.Equal(MarkdownReport.Write(TestReports.Small()), Cultures.Under(culture, () => MarkdownReport.Write(TestReports.Small())));
}
