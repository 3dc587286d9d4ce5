using SuperRes.Evaluation.Studies;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Ablation.Reports;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Ablation.Searching;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Ablation;

/// <summary>
/// An experiment from its plan to its report. It can be stopped at any moment and started again, and several processes
/// may work on one folder.
/// </summary>
public sealed class AblationStudy
{
    private readonly AblationFolder _folder;
    private readonly AblationOptions _options;
    private readonly ExperimentPlan _plan;
    private readonly IReadOnlyList<Cell> _cells;

    private AblationStudy(AblationFolder folder, AblationOptions options, ExperimentPlan plan)
    {
        (_folder, _options, _plan) = (folder, options, plan);
        _cells = CellRecipes.Cells(folder.Experiment, plan.Arms);
    }

    /// <summary>The experiment.</summary>
    public Experiment Experiment => _folder.Experiment;

    /// <summary>What was measured and decided before the first cell.</summary>
    public ExperimentPlan Plan => _plan;

    /// <summary>This process's part of the cells that are known: all of them, or in a search those of the rungs up to the first that is not over.</summary>
    public IReadOnlyList<Cell> Cells => _options.PartOf([.. Rungs().SelectMany(cells => cells)]);

    /// <summary>
    /// What a search's further rungs hold at most: as many cells, of as many steps, as if every setting went on. Which ones do is
    /// known when the rungs before are over. Empty elsewhere.
    /// </summary>
    public IReadOnlyList<Cell> Later => Search is null ? [] : SearchPlanner.Later(Search, _cells, Rungs().Count());

    private bool OnProcessor => _options.DeviceName == "cpu";

    private SearchOptions? Search => Experiment.Search;

    /// <summary>Plans an experiment, or takes the plan that its folder has.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="path">Its folder.</param>
    /// <param name="options">How to work on it.</param>
    /// <param name="message">Told what is being measured.</param>
    /// <param name="cancellationToken">Stops planning.</param>
    /// <exception cref="TrainingException">The folder holds another experiment, or runs of another plan, or what its plan lacks would be another device's; or a report that is to be gone on from is of another experiment. Or a search by successive halving is to be split.</exception>
    /// <exception cref="RecipeException">The experiment has faults; all are listed. Or the data don't fit it.</exception>
    /// <exception cref="Imaging.Data.DatasetException">A data set can't be opened.</exception>
    public static AblationStudy Open(Experiment experiment, string path, AblationOptions options, Action<string> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        RecipeException.ThrowIfAny($"The experiment '{experiment.Name}'", ExperimentValidator.Validate(experiment));
        if (options.Shards > 1 && experiment.Search is { } search && SearchPlanner.Rungs(search) > 1)
        {
            throw new TrainingException("Which runs come next in this search is decided by all of those before, so it can't be split into parts that work apart. Start any number of processes on its folder without a part: they share the runs.");
        }

        Preflight.Check(experiment, message);
        KnownRuns.CheckExperiment(experiment, options.Reports, message);
        var folder = AblationFolder.Open(path, experiment);
        KnownRuns.CheckDevice(folder.PlannedDevice ?? options.DeviceName, options.Reports);
        var claims = new CellClaims(folder.ClaimsPath, options.Claims, TimeProvider.System);
        var plan = folder.Plan(
            options.DeviceName, claims, known => new Planner(experiment, options.AllThreads, options.ThreadsPerJob, options.Device, known, [.. options.Reports.Select(reported => reported.Report)]).Plan(message, cancellationToken), cancellationToken);
        var study = new AblationStudy(folder, options, plan);
        study.CheckPlan();
        KnownRuns.Take(folder, study.Rungs(), options.Reports, message);
        return study;
    }

    /// <summary>What a planned network is called: "EDSR 8x32 x4"; of a control for cost, what it has grown to.</summary>
    public string NameOf(PlannedArm arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        return CellName.Of(Experiment, arm.Network);
    }

    /// <summary>Whether a cell is done.</summary>
    public bool IsDone(Cell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return _folder.IsDone(cell.Name);
    }

    /// <summary>
    /// How long this process has still to train if nobody helps: the cells that are not trained, as many at a time as it trains, by what the plan measured or,
    /// where a cell like it was trained in the folder, by what that took. On the processor a time that was taken with other threads than a cell has here counts in proportion;
    /// on another device cells take turns.
    /// </summary>
    public TimeSpan EstimateLeft()
    {
        var jobs = new double[OnProcessor ? _options.Lanes : 1];
        foreach (var cell in Cells.Where(cell => !_folder.IsTrained(cell.Name)).Concat(Later))
        {
            jobs[Array.IndexOf(jobs, jobs.Min())] += Seconds(cell);
        }

        return TimeSpan.FromSeconds(jobs.Max());
    }

    /// <summary>Trains and measures the cells, and writes the report.</summary>
    /// <param name="progress">Told of every cell and step, from several threads; may be null.</param>
    /// <param name="cancellationToken">Stops after the current steps; what is done stays done.</param>
    /// <exception cref="TrainingException">The folder was planned for another device, or has runs on other training images.</exception>
    /// <exception cref="InvalidDataException">A test image can't be measured.</exception>
    public async Task<AblationOutcome> RunAsync(IProgress<CellEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        _folder.CheckDevice(_plan, _options.DeviceName);

        // Before anything is trained: what can't be measured with them can't be with a network either.
        await Task.Run(() => new StudyBaselines(_folder, _options.Threads).Measure(_plan.Scales, cancellationToken), cancellationToken).ConfigureAwait(false);
        List<Cell> begun = [];
        foreach (var cells in Rungs())
        {
            begun.AddRange(cells);
            KnownRuns.Take(_folder, [begun], _options.Reports, _ => { }); // In a search, of a rung that was not known before.
            Preflight.CheckTrainingImages(_folder, begun);
            await new AblationRunner(_folder, cells, _options, TimeProvider.System).RunAsync(progress, cancellationToken).ConfigureAwait(false);
        }

        return Report(cancellationToken);
    }

    /// <summary>Writes the report of the cells that are done, and trains nothing.</summary>
    /// <param name="cancellationToken">Stops before the report is written.</param>
    public AblationOutcome Report(CancellationToken cancellationToken = default)
    {
        var builder = new StudyBuilder(_folder, _plan, _options);
        StudyReport report;
        do
        {
            report = builder.Build([.. Rungs().SelectMany(cells => cells)], cancellationToken);
        }
        while (report.Missing.Any(_folder.IsDone)); // Another process may have finished its part meanwhile, and its report must not be replaced by one of less.

        StudyFolder.Write(_folder, report, cancellationToken);
        return new AblationOutcome(report, [.. report.Cells.Where(cell => cell.Failure is not null).Select(cell => cell.Name)], report.Missing);
    }

    /// <summary>The cells, in a search rung by rung: which cells are in the next is known when those before it are over.</summary>
    private IEnumerable<IReadOnlyList<Cell>> Rungs()
    {
        List<StudyCell> before = [];
        for (var rung = 0; rung < (Search is null ? 1 : SearchPlanner.Rungs(Search)); rung++)
        {
            var cells = RungCells(rung, before);
            yield return cells;
            if (cells.Any(cell => !IsDone(cell) && _folder.Failure(cell.Name) is null))
            {
                yield break;
            }

            before = [.. cells.Select(cell => _folder.Result(cell.Name)).OfType<StudyCell>()];
        }
    }

    private IReadOnlyList<Cell> RungCells(int rung, IReadOnlyList<StudyCell> before) => Search is null ? _cells : SearchPlanner.Cells(Search, _cells, rung, before);

    /// <summary>Refuses runs that were trained by another plan: a reader would take them for runs of this one.</summary>
    private void CheckPlan()
    {
        foreach (var cell in Rungs().SelectMany(cells => cells))
        {
            if (_folder.Result(cell.Name) is { } result && !cell.IsOf(result))
            {
                throw new TrainingException($"{cell.DifferenceFrom(result)}. Put back the plan.json that it was trained by, or name another folder with --run.");
            }
        }
    }

    private double Seconds(Cell cell)
    {
        var like = Rungs().First().FirstOrDefault(other => other.Variant == cell.Variant && other.Label == cell.Label && other.Recipe.Steps == cell.Recipe.Steps && IsDone(other) && RunFolder.IsRun(_folder.CellPath(other.Name)));

        // Earlier versions wrote an infinite time where a record had no speed.
        var (seconds, threads) = like is not null && _folder.Time(like.Name) is { TrainingSeconds: > 0 and < double.PositiveInfinity } time
            ? (time.TrainingSeconds, time.Threads)
            : (cell.Recipe.Steps * cell.StepMilliseconds / 1000, cell.StepThreads);
        return OnProcessor && threads > 0 ? seconds * threads / _options.ThreadsPerJob : seconds;
    }
}
