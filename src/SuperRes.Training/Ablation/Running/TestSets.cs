using SuperRes.Evaluation;
using SuperRes.Evaluation.Studies;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Training.Ablation.Experiments;

namespace SuperRes.Training.Ablation.Running;

/// <summary>The images of an experiment's test sets.</summary>
internal sealed class TestSets
{
    private TestSets(IReadOnlyList<(string Name, IEvaluationSet Images)> all) => All = all;

    /// <summary>Every set, the one that decides first.</summary>
    public IReadOnlyList<(string Name, IEvaluationSet Images)> All { get; }

    /// <summary>The set that decides.</summary>
    public (string Name, IEvaluationSet Images) Deciding => All[0];

    /// <summary>Lists the images of every set.</summary>
    /// <exception cref="Imaging.Data.DatasetException">A folder is missing or has no images.</exception>
    public static TestSets Open(Experiment experiment) => new(
        [.. experiment.Test.Select(set => (
            CellName.Of(set),
            (IEvaluationSet)new FolderEvaluationSet(DatasetFolder.Open(set.Path).Select(set.Names, set.First == 0 ? null : set.First))))]);

    /// <summary>What was measured on a set; null where nothing was, or on other images.</summary>
    public static StudySet? Known(IEnumerable<StudySet> measured, (string Name, IEvaluationSet Images) set) =>
        measured.FirstOrDefault(known => known.Dataset == set.Name && known.Images.SequenceEqual(set.Images.ImageNames));

    /// <summary>Whether all of them were measured.</summary>
    public bool Cover(IReadOnlyList<StudySet> measured) => All.All(set => Known(measured, set) is not null);

    /// <summary>What was measured on these sets, in their order, where all of them were.</summary>
    public IReadOnlyList<StudySet> Of(IReadOnlyList<StudySet> measured) => [.. All.Select(set => Known(measured, set)!)];

    /// <summary>Whether a run was measured on all of them, and its gates on the one that decides.</summary>
    public bool Cover(StudyCell cell) => Cover(cell.Sets) && cell.Sets[0].Dataset == Deciding.Name;
}
