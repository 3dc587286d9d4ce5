using SuperRes.Studio.Jobs;

namespace SuperRes.Studio.Contests;

/// <summary>Asks every method for the same part of an image.</summary>
/// <param name="Image">The id of an uploaded image.</param>
/// <param name="Region">The part; null for all of it.</param>
/// <param name="Scale">How many times larger.</param>
/// <param name="Models">Names of models; null for every one that makes the scale.</param>
/// <param name="Reference">The id of an image to measure against: the whole picture at the scale, or the part at the scale.</param>
internal sealed record ContestRequest(
    string Image, PixelRegion? Region = null, double Scale = 4, IReadOnlyList<string>? Models = null, string? Reference = null);
