using System.Globalization;

namespace SuperRes.Studio.Studies;

/// <summary>A study as the database has it.</summary>
internal sealed record Study(
    long Id, string Name, StudyKind Kind, StudyState State, string? Error, string Seed, string Source, IReadOnlyList<string> Methods, int Pictures)
{
    /// <summary>Tells it in addresses from every other study that had its name or will have it.</summary>
    public string Key { get; } = Id.ToString(CultureInfo.InvariantCulture);

    public PairOrder Pairs { get; } = new(Seed, Pictures, Methods.Count);
}
