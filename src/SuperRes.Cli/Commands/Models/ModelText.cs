using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models;

/// <summary>What an analysis says, in words.</summary>
internal static class ModelText
{
    /// <summary>How much of the image a network sees.</summary>
    public static string Sees(GraphAnalysis analysis) => analysis switch
    {
        { HasFixedSize: true } => $"windows of {analysis.MinimumWidth}x{analysis.MinimumHeight}",
        { WholeImageNodes.Count: > 0 } => $"whole image; {analysis.ReceptiveField} without its pooling",
        _ => $"{analysis.ReceptiveField}",
    };

    /// <summary>The input sizes a network takes.</summary>
    public static string InputSizes(GraphAnalysis analysis) =>
        analysis.HasFixedSize ? $"{analysis.MinimumWidth}x{analysis.MinimumHeight} only" : $"any from {analysis.MinimumWidth}x{analysis.MinimumHeight}";
}
