using SuperRes.Evaluation.Studies;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Training.Ablation.Experiments;

namespace SuperRes.Training.Ablation.Running;

/// <summary>The images of an experiment's test sets.</summary>
internal sealed class TestSets
{
    private TestSets(IReadOnlyList<TestImages> all) => All = all;

    /// <summary>Every set, the one that decides first.</summary>
    public IReadOnlyList<TestImages> All { get; }

    /// <summary>The set that decides.</summary>
    public TestImages Deciding => All[0];

    /// <summary>Lists the images of every set.</summary>
    /// <exception cref="DatasetException">A folder is missing or has no images, or none of them is chosen.</exception>
    public static TestSets Open(Experiment experiment) => new([.. experiment.Test.Select(Open)]);

    /// <summary>What was measured on a set; null where nothing was, or on other images.</summary>
    public static StudySet? Known(IEnumerable<StudySet> measured, TestImages set, int scale) => measured.FirstOrDefault(known => set.AreOf(known, scale));

    /// <summary>Whether all of them were measured.</summary>
    public bool Cover(IReadOnlyList<StudySet> measured, int scale) => All.All(set => Known(measured, set, scale) is not null);

    /// <summary>What was measured on these sets, in their order, where all of them were.</summary>
    public IReadOnlyList<StudySet> Of(IReadOnlyList<StudySet> measured, int scale) => [.. All.Select(set => Known(measured, set, scale)!)];

    /// <summary>Whether a run was measured on all of them, and its gates on the one that decides.</summary>
    public bool Cover(StudyCell cell) => Cover(cell.Sets, cell.Scale) && cell.Sets[0].Dataset == Deciding.Name;

    private static TestImages Open(TestSet set) =>
        new(CellName.Of(set), DatasetFolder.Open(set.Path).Select(set.Names, set.First == 0 ? null : set.First));
}
