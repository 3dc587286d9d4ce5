using SuperRes.Evaluation.Studies;
using SuperRes.Metrics;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>Puts together what the cells of an experiment have left in its folder.</summary>
internal sealed class StudyBuilder(AblationFolder folder, ExperimentPlan plan, AblationOptions options)
{
    private readonly Experiment _experiment = folder.Experiment;

    /// <summary>The report of the cells that are there; what is missing or failed is said in it.</summary>
    public StudyReport Build(IReadOnlyList<Cell> cells, CancellationToken cancellationToken)
    {
        if (options.Shards == 1)
        {
            CheckImages(cells);
        }

        StudyCell[] results = [.. cells.Select(cell => folder.IsDone(cell.Name) ? Result(cell) : folder.Failure(cell.Name) is { } failure ? Failed(cell, failure) : null).OfType<StudyCell>()];
        var dataset = folder.TestSets.Deciding.Name;
        return new StudyReport
        {
            Name = _experiment.Name,
            Title = _experiment.Title ?? _experiment.Name,
            Budget = ExperimentText.Budget(_experiment),
            Data = ExperimentText.Data(_experiment),
            Experiment = PlacelessExperiment.Of(_experiment),
            Device = plan.Device,
            Level = _experiment.Level,
            Dataset = dataset,
            Protocol = _experiment.Protocol,
            Protocols = [.. Protocols.All.Select(protocol => protocol.Card)],
            Questions = _experiment.Search is null ? StudyAnalysis.Questions(results, Pairs(), dataset, _experiment.Protocol, _experiment.Level) : [],
            Arms = _experiment.Search is null ? StudyAnalysis.Arms(results, dataset, _experiment.Protocol, _experiment.Level) : [],
            Baselines = new StudyBaselines(folder, options.Threads).Measure(plan.Scales, cancellationToken),
            Cells = results,
            Missing = [.. cells.Select(cell => cell.Name).Except(results.Select(result => result.Name))],
            Controls = [.. Controls()],
            Times = [.. cells.Where(cell => folder.IsDone(cell.Name)).Select(cell => folder.Time(cell.Name)).OfType<StudyTime>()],
            Pictures = _experiment.Pictures == 0 ? [] : new StudyPictures(folder, options.Threads).Write(cells, cancellationToken),
            Version = RunEnvironment.CodeVersion,
        };
    }

    /// <summary>Runs are compared image by image, so all of them must have been measured on the images that are there. Another part of the cells may still be; until then they are missing.</summary>
    private void CheckImages(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            var measured = folder.Result(cell.Name)?.Sets ?? [];
            if (folder.TestSets.All.FirstOrDefault(set => TestSets.Known(measured, set, cell.Network.Scale) is null && measured.Any(known => known.Dataset == set.Name)) is { Name: { } name })
            {
                throw new TrainingException(
                    $"'{name}' has other images than when {cell.Name} was measured. Put them back, or start the experiment again: its runs are then measured again, without being trained again.");
            }
        }
    }

    /// <summary>What came of a run, on the sets that there are now.</summary>
    private StudyCell Result(Cell cell)
    {
        var result = folder.Result(cell.Name)!;
        return result with { Sets = folder.TestSets.Of(result.Sets, result.Scale) };
    }

    private static StudyCell Failed(Cell cell, string failure) => cell.Describe(cell.Network.BuildGraph()) with { Failure = failure };

    private (string Variant, string Against)[] Pairs() => _experiment.Questions.Count > 0
        ? [.. _experiment.Questions.Select(question => (question.Variant, question.Against))]
        : [.. _experiment.Variants.Skip(1).Select(variant => (variant.Name, _experiment.Variants[0].Name))];

    private IEnumerable<StudyControl> Controls() =>
        from arm in plan.Arms
        where arm.TimeRatio is not null
        let target = _experiment.Variants.First(variant => variant.Name == arm.Variant).AsSlowAs!
        select new StudyControl(CellName.Of(_experiment, arm.Base), arm.Variant, target, arm.Network.ToJson(), arm.TimeRatio!.Value);
}
