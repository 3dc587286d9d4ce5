using System.Diagnostics.CodeAnalysis;
using SuperRes.Networks.Architectures;

namespace SuperRes.Networks;

/// <summary>The networks that have a name, at each scale for which they are defined, with and without CBAM.</summary>
public static class NetworkCatalogue
{
    private static readonly (string Family, string Summary, NetworkOptions Options, bool WithCbam)[] Families =
    [
        ("edsr", "EDSR baseline, 16 blocks of 64 features (Lim et al. 2017)", new EdsrOptions(), true),
        ("srresnet", "SRResNet, 16 blocks of 64 features with batch norm (Ledig et al. 2017)", new SrResNetOptions(), true),
        ("srgan", "SRGAN: SRResNet trained adversarially (Ledig et al. 2017)", new SrResNetOptions(), true),
        ("espcn", "ESPCN on RGB, three convolutions (Shi et al. 2016)", new EspcnOptions(), true),
        ("lapsrn", "LapSRN on RGB, a Laplacian pyramid (Lai et al. 2017)", new LapSrnOptions(), true),
        ("srcnn", "SRCNN 9-1-5 on the bicubic image (Dong et al. 2014)", new SrcnnOptions(), true),
        ("vdsr", "VDSR, twenty convolutions on the bicubic image (Kim et al. 2016)", new VdsrOptions(), true),
        ("vit", "vision transformer in windows of 48x48, after Dosovitskiy et al. 2021", new VitOptions(), false),
    ];

    private static readonly Dictionary<string, CatalogueEntry> ByName = Families.SelectMany(AllOf).ToDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>All entries, by family, without and with attention, by scale.</summary>
    public static IReadOnlyCollection<CatalogueEntry> Entries => ByName.Values;

    /// <summary>The entry of this name.</summary>
    /// <exception cref="GraphException">There is none; the message has the nearest name.</exception>
    public static CatalogueEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFind(name, out var entry) ? entry : throw new GraphException(NearestName.Find(name, ByName.Keys) is { } nearest
            ? $"There is no network '{name}'. Did you mean '{nearest}'?"
            : $"There is no network '{name}'. Names are {string.Join(", ", Families.Select(family => family.Family))}, then -cbam or nothing, then -x2, -x3, -x4 or -x8: 'edsr-cbam-x4'.");
    }

    /// <summary>The entry of this name, if there is one.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out CatalogueEntry? entry) => ByName.TryGetValue(name, out entry);

    private static IEnumerable<CatalogueEntry> AllOf((string Family, string Summary, NetworkOptions Options, bool WithCbam) family)
    {
        foreach (var scale in family.Options.Scales)
        {
            yield return new CatalogueEntry($"{family.Family}-x{scale}", family.Summary, family.Options with { Scale = scale });
        }

        foreach (var scale in family.WithCbam ? family.Options.Scales : [])
        {
            yield return new CatalogueEntry($"{family.Family}-cbam-x{scale}", $"{family.Summary}, with CBAM", family.Options with { Scale = scale, Attention = new CbamOptions() });
        }
    }
}
