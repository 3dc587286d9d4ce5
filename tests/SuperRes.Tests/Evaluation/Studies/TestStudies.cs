using SuperRes.Evaluation.Studies;
using SuperRes.Evaluation.Studies.Reports;
using SuperRes.Metrics;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Evaluation.Studies;

/// <summary>Studies with numbers that can be followed by hand.</summary>
internal static class TestStudies
{
    /// <summary>PSNR of none is 30 and 32 on two images, whatever the seed; CBAM adds what is given for its seed.</summary>
    public static StudyReport Report(params double[] gains)
    {
        StudyCell[] cells = [.. gains.SelectMany((gain, i) => (StudyCell[])[Cell("none", (ulong)i + 1, 0), Cell("CBAM", (ulong)i + 1, gain)])];
        return new StudyReport
        {
            Name = "test",
            Title = "Does <attention> help?",
            Budget = "10 steps",
            Data = "photos",
            Level = 0.95,
            Dataset = "Set2",
            Protocol = "y",
            Protocols = [.. Protocols.All.Select(protocol => protocol.Card)],
            Questions = StudyAnalysis.Questions(cells, [("CBAM", "none")], "Set2", "y", 0.95),
            Arms = StudyAnalysis.Arms(cells, "Set2", "y", 0.95),
            Baselines = [new StudyBaseline("bicubic", 4, [Set(-2)])],
            Cells = cells,
            Times = [.. cells.Select(cell => new StudyTime(cell.Name, 12.5, 3.25, 2))],
            Version = "0.0.0",
        };
    }

    public static StudyCell Cell(string variant, ulong seed, double gain) => new()
    {
        Name = $"espcn-x4.{variant.ToLowerInvariant()}.seed-{seed}",
        Network = "ESPCN x4",
        Variant = variant,
        Seed = seed,
        Options = new EspcnOptions(Attention: variant == "none" ? null : new CbamOptions()).ToJson(),
        Scale = 4,
        Parameters = 1000,
        MacsPerPixel = 2000,
        Steps = 10,
        TrainingImages = 3,
        Curve = [new CurvePoint(5, 20 + gain, 0.5), new CurvePoint(10, 29 + gain, 0.8)],
        Sets = [Set(gain)],
    };

    /// <summary>A run with attention, whose gates were worth so many dB on the first image and half as much on the second.</summary>
    public static StudyCell LookingCell(ulong seed, double worth) => Cell("CBAM", seed, 0) with
    {
        ChannelGates = new GateWeights(0.5, 0.01),
        FrozenGates = Set(0) with { Scores = [.. Protocols.All.Select(protocol => new StudyScores(protocol.Name, [30 - worth, 32 - (worth / 2)], [0.8, 0.9]))] },
    };

    public static IReadOnlyDictionary<string, string> Files(StudyReport report) =>
        StudyFiles.Of(report, _ => []).ToDictionary(file => file.File, file => file.Content);

    private static StudySet Set(double gain) => new()
    {
        Dataset = "Set2",
        Images = ["a", "b,c"],
        Scores = [.. Protocols.All.Select(protocol => new StudyScores(protocol.Name, [30 + gain, 32 + gain], [0.8, 0.9]))],
        Overshoot = [1, 2],
        Undershoot = [0.5, 0.5],
        Bands = [.. Enumerable.Range(1, 4).Select(band => new StudyBand([band, band]))],
    };
}
