namespace SuperRes.Evaluation.Studies;

/// <summary>One experiment's answer to one question.</summary>
/// <param name="Source">Where the experiment's report is, as its reader named it.</param>
/// <param name="Report">The experiment's report.</param>
/// <param name="Question">The question, with its answer.</param>
public sealed record StudyAnswer(string Source, StudyReport Report, StudyQuestion Question)
{
    /// <summary>What was asked: "CBAM against none".</summary>
    public string Asked => $"{Question.Variant} against {Question.Against}";

    /// <summary>The difference that decided.</summary>
    public StudyDifference Difference => Question.Decisive ?? throw new InvalidOperationException($"{Asked} was not answered in '{Source}'.");

    /// <summary>Steps of each run of the variant that was asked about.</summary>
    public long Steps => Arm.Steps;

    /// <summary>The runs of the variant that was asked about.</summary>
    public IEnumerable<StudyCell> Cells => Report.CellsOf(Arm);

    /// <summary>How much the networks enlarge.</summary>
    internal int Scale => Arm.Scale;

    /// <summary>A run on the set that decided.</summary>
    internal StudySet Measured => Cells.Select(cell => cell.On(Report.Dataset)).OfType<StudySet>().First();

    private StudyArm Arm => Report.Arms.First(arm => arm.Network == Question.Network && arm.Variant == Question.Variant);
}
