namespace SuperRes.Studio.Jobs;

/// <summary>What a job is to do.</summary>
/// <param name="Image">The id of an uploaded image.</param>
/// <param name="Model">A name from /info.</param>
/// <param name="Scale">How many times larger, also fractional.</param>
/// <param name="Ensemble">Average over the eight flips and quarter turns.</param>
/// <param name="Format">The format of the file to download, an id from /info; the upload's where it can be written, else PNG.</param>
/// <param name="Quality">Quality of lossy formats, 1 to 100.</param>
/// <param name="Region">Only this part of the image.</param>
/// <param name="Reference">The id of an image of the result's size to measure against.</param>
internal sealed record JobRequest(
    string Image, string Model, double Scale = 4, bool Ensemble = false, string? Format = null, int? Quality = null, PixelRegion? Region = null, string? Reference = null);
