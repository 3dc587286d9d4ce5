using System.Globalization;

namespace SuperRes.Studio.Studies;

/// <summary>A study as the database has it.</summary>
/// <param name="Id">Tells it from all others.</param>
/// <param name="Name">Tells it from all others that there are.</param>
/// <param name="Kind">What voters may answer.</param>
/// <param name="State">Whether it can be voted in.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Seed">The secret that pairs are shuffled by.</param>
/// <param name="Source">Where its pictures come from: <see cref="StudyMaker.FromFolder"/> or <see cref="StudyMaker.FromModels"/>.</param>
/// <param name="Root">The full path below which the files of a folder's study are; null where that is not known.</param>
/// <param name="Methods">Names of the methods.</param>
/// <param name="Pictures">How many there are.</param>
internal sealed record Study(
    long Id, string Name, StudyKind Kind, StudyState State, string? Error, string Seed, string Source, string? Root, IReadOnlyList<string> Methods, int Pictures)
{
    /// <summary>Tells it in addresses from every other study that had its name or will have it.</summary>
    public string Key { get; } = Id.ToString(CultureInfo.InvariantCulture);

    public PairOrder Pairs { get; } = new(Seed, Pictures, Methods.Count);
}
