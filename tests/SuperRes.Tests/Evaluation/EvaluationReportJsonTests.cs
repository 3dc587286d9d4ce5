using System.Text.Json;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Statistics;
using SuperRes.Tests.Evaluation.Reports;

namespace SuperRes.Tests.Evaluation;

public sealed class EvaluationReportJsonTests
{
    [Fact]
    public void ToJson_OfASmallReport_HasTheDocumentedShape()
    {
        const string Expected = """
            {
              "schema": "superres-evaluation/1",
              "protocol": {
                "name": "y",
                "channel": "Y",
                "gray": "as Y",
                "shave": "scale",
                "peak": 255,
                "window": "11x11",
                "rounding": "8 bits",
                "degradation": "bicubic",
                "notes": [
                  "A note."
                ]
              },
              "otherProtocols": [],
              "results": [
                {
                  "model": "edsr-x4",
                  "dataset": "Set5",
                  "scale": 4,
                  "psnr": "Infinity",
                  "psnrInterval": [
                    26.75,
                    "Infinity"
                  ],
                  "ssim": 0.8125,
                  "parameters": 1517571,
                  "ms": 1350,
                  "images": [
                    {
                      "name": "baby",
                      "psnr": "Infinity",
                      "ssim": 1,
                      "ms": 1500,
                      "others": []
                    },
                    {
                      "name": "bird",
                      "psnr": 27.75,
                      "ssim": 0.8,
                      "ms": 1200,
                      "others": []
                    }
                  ],
                  "failures": [
                    {
                      "name": "写真's",
                      "error": "It is broken."
                    }
                  ],
                  "others": [
                    {
                      "protocol": "paper",
                      "psnr": 25.125,
                      "ssim": 0.5,
                      "psnrPrintedPeak": 24.5
                    }
                  ]
                }
              ],
              "comparisons": [
                {
                  "model": "edsr-x4",
                  "baseline": "bicubic",
                  "dataset": "Set5",
                  "scale": 4,
                  "psnr": {
                    "mean": 1,
                    "images": 1,
                    "better": 1
                  },
                  "ssim": {
                    "mean": 0.0875,
                    "images": 2,
                    "better": 2,
                    "interval": [
                      -0.05,
                      0.125
                    ]
                  }
                }
              ],
              "figures": [
                {
                  "dataset": "Set5",
                  "scale": 4,
                  "image": "baby",
                  "region": {
                    "x": 8,
                    "y": 16,
                    "width": 48,
                    "height": 48
                  },
                  "file": "figures/01-Set5-x4-baby.png"
                }
              ],
              "notes": [],
              "bootstrap": {
                "level": 0.95,
                "resamples": 10000,
                "seed": 1
              },
              "repeats": 3,
              "environment": {
                "processor": "A Processor",
                "processors": 2,
                "vectorBits": 256,
                "architecture": "X64",
                "operatingSystem": "Linux",
                "runtime": ".NET 10"
              },
              "version": "0.1.0",
              "date": "2026-03-04T05:06:07+00:00"
            }
            """;
        var small = TestReports.Small();
        var report = small with
        {
            OtherProtocols = [],
            Results = [small.Results[1] with { Failures = [new ImageFailure("写真's", "It is broken.")] }],
            Figures = [TestReports.Figure().Reference],
        };

        Assert.Equal(Expected.ReplaceLineEndings("\n"), report.ToJson());
    }

    [Fact]
    public void FromJson_OfWhatToJsonWrote_IsTheSame()
    {
        var json = TestReports.Hostile().ToJson();
        var read = EvaluationReport.FromJson(json);

        Assert.Equal(json, read.ToJson());
        Assert.Equal(double.PositiveInfinity, EvaluationReport.FromJson(TestReports.Small().ToJson()).Results[1].Psnr);
    }

    [Fact]
    public void FromJson_WithoutOptionalOrWithLaterProperties_ReadsTheRest()
    {
        const string Json = """
            {
              "schema": "superres-evaluation/1",
              "protocol": { "name": "y", "channel": "Y", "gray": "", "shave": "", "peak": 255, "window": "", "rounding": "", "degradation": "", "notes": [] },
              "results": [ { "model": "m", "dataset": "d", "scale": 2, "psnr": 30.5, "parameters": 0, "images": [ { "name": "i", "psnr": 30.5, "ssim": 0.9, "ms": 1, "later": [1] } ] } ],
              "bootstrap": { "level": 0.95, "resamples": 10000, "seed": 1 }, "repeats": 1, "later": { "a": 1 },
              "environment": { "processors": 1, "vectorBits": 128, "architecture": "Arm64", "operatingSystem": "", "runtime": "" },
              "version": "9.0.0", "date": "2030-01-01T00:00:00Z"
            }
            """;

        var report = EvaluationReport.FromJson(Json);

        var result = Assert.Single(report.Results);
        Assert.Equal(30.5, result.Psnr);
        Assert.Null(result.Ssim);
        Assert.Empty(result.Failures);
        Assert.Empty(result.Others);
        Assert.Empty(result.Images[0].Others);
        Assert.Empty(report.Comparisons);
        Assert.Empty(report.Figures);
        Assert.Equal(new BootstrapOptions(), report.Bootstrap);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schema\":\"superres-evaluation/1\",\"results\":3}")]
    [InlineData("not json")]
    public void FromJson_OfSomethingElse_SaysSo(string json)
    {
        var error = Assert.Throws<InvalidDataException>(() => EvaluationReport.FromJson(json));
        Assert.StartsWith("This is not the JSON of an evaluation report", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromJson_OfAnotherSchema_NamesBoth()
    {
        var json = TestReports.Small().ToJson().Replace("superres-evaluation/1", "superres-evaluation/7", StringComparison.Ordinal);
        var error = Assert.Throws<InvalidDataException>(() => EvaluationReport.FromJson(json));
        Assert.Contains("superres-evaluation/7", error.Message, StringComparison.Ordinal);
        Assert.Contains("superres-evaluation/1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[1,2,3]")]
    [InlineData("5")]
    [InlineData("[\"low\",\"high\"]")]
    public void Interval_NotTwoNumbers_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ReportJsonContext.Default.Interval));

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void ToJson_UnderAnyCulture_IsTheSame(string culture) =>
        Assert.Equal(TestReports.Small().ToJson(), Cultures.Under(culture, TestReports.Small().ToJson));
}
