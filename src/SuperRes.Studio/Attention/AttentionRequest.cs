using SuperRes.Studio.Jobs;

namespace SuperRes.Studio.Attention;

/// <summary>Asks where a network looks.</summary>
/// <param name="Image">The id of an uploaded image.</param>
/// <param name="Model">The name of a model with attention.</param>
/// <param name="Region">Show it only this part of the image.</param>
internal sealed record AttentionRequest(string Image, string Model, PixelRegion? Region = null);
