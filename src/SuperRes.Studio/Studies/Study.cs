namespace SuperRes.Studio.Studies;

/// <summary>A study as the database has it.</summary>
internal sealed record Study(
    long Id, string Name, StudyKind Kind, StudyState State, string? Error, string Seed, string Source, IReadOnlyList<string> Methods, int Pictures)
{
    public PairOrder Pairs { get; } = new(Seed, Pictures, Methods.Count);
}
