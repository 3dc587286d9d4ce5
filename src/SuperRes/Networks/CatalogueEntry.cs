namespace SuperRes.Networks;

/// <summary>A network that has a name.</summary>
/// <param name="Name">As in <c>edsr-cbam-x4</c>: family, <c>-cbam</c> with attention, scale.</param>
/// <param name="Summary">What it is and where it comes from, in a few words.</param>
/// <param name="Options">What defines it.</param>
public sealed record CatalogueEntry(string Name, string Summary, NetworkOptions Options);
