using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>One model's whole image, from which a figure may be cut.</summary>
internal sealed record FigureCandidate(string Model, ImageBuffer Image, QualityScore Score);
