namespace SuperRes.Imaging.Data.Catalogue;

/// <summary>A published data set and its archives.</summary>
/// <param name="Name">Its name in the literature; also the folder that its archives are unpacked into.</param>
/// <param name="Homepage">The authors' page.</param>
/// <param name="Licence">What may be done with the images, in the authors' words; shown before a download.</param>
/// <param name="Citation">The paper to cite.</param>
/// <param name="Archives">Its archives, in the order in which they are listed.</param>
public sealed record KnownDataset(
    string Name, Uri Homepage, string Licence, string Citation, IReadOnlyList<KnownArchive> Archives);
