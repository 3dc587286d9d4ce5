using SuperRes.Evaluation;
using SuperRes.Evaluation.Runs;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Ablation.Running;

/// <summary>Works through cells, together with whoever else does.</summary>
internal sealed class AblationRunner
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly AblationFolder _folder;
    private readonly AblationOptions _options;
    private readonly TimeProvider _time;
    private readonly CellClaims _claims;
    private readonly CellRunner _runner;
    private readonly HashSet<string> _tried = [];
    private readonly HashSet<string> _failedBefore;
    private readonly Lock _lock = new();

    public AblationRunner(AblationFolder folder, IReadOnlyList<Cell> cells, AblationOptions options, TimeProvider time)
    {
        (_folder, _options, _time) = (folder, options, time);
        _claims = new CellClaims(folder.ClaimsPath, options.Claims, time);
        _runner = new CellRunner(folder, options.ThreadsPerJob, options.Device);
        Cells = options.PartOf(cells);

        // What failed before is tried again, once by each process that is started.
        _failedBefore = [.. Cells.Select(cell => cell.Name).Where(cell => folder.Failure(cell) is not null)];
    }

    /// <summary>This process's share of the cells.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>Works until every cell of the share is done or failed; without shards that includes those that others work on.</summary>
    public Task RunAsync(IProgress<CellEvent>? progress, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, _options.Lanes).Select(_ => Task.Run(() => WorkAsync(progress, cancellationToken), cancellationToken)));

    private async Task WorkAsync(IProgress<CellEvent>? progress, CancellationToken cancellationToken)
    {
        while (Open() is { Count: > 0 } open)
        {
            var worked = false;
            foreach (var cell in open)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake(cell) is { } claim)
                {
                    using (claim)
                    {
                        await RunAsync(cell, claim, progress, cancellationToken).ConfigureAwait(false);
                    }

                    worked = true;
                    break;
                }
            }

            if (!worked)
            {
                await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private List<Cell> Open()
    {
        lock (_lock)
        {
            return [.. Cells.Where(cell => !_folder.IsDone(cell.Name) && !_tried.Contains(cell.Name) && (_folder.Failure(cell.Name) is null || _failedBefore.Contains(cell.Name)))];
        }
    }

    /// <summary>Takes a cell that is still to be done: another process may have finished it between the look and the claim.</summary>
    private CellClaim? TryTake(Cell cell)
    {
        lock (_lock)
        {
            // A run whose lock is held is trained on this machine, whatever its claim looks like.
            if (_tried.Contains(cell.Name) || RunRecords.IsHeld(_folder.CellPath(cell.Name)) || _claims.TryTake(cell.Name) is not { } claim)
            {
                return null;
            }

            if (_folder.IsDone(cell.Name) || RunRecords.IsHeld(_folder.CellPath(cell.Name)))
            {
                claim.Dispose();
                return null;
            }

            _tried.Add(cell.Name);
            return claim;
        }
    }

    private async Task RunAsync(Cell cell, CellClaim claim, IProgress<CellEvent>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new CellEvent(cell.Name, CellEventKind.Started));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Lost);
        try
        {
            await _runner.RunAsync(cell, new StepProgress(cell.Name, progress), text => progress?.Report(new CellEvent(cell.Name, CellEventKind.Warning, Message: text)), both.Token).ConfigureAwait(false);
            progress?.Report(new CellEvent(cell.Name, CellEventKind.Done));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (!claim.IsHeld)
        {
            // Whoever took it over goes on with it; if that one dies too, this process may take it again.
            progress?.Report(new CellEvent(cell.Name, CellEventKind.Lost));
            lock (_lock)
            {
                _tried.Remove(cell.Name);
            }
        }
        catch (Exception exception)
        {
            _folder.SaveFailure(cell.Name, FailureText.Of(exception));
            progress?.Report(new CellEvent(cell.Name, CellEventKind.Failed, Message: FailureText.Of(exception)));
        }
    }

    private sealed class StepProgress(string cell, IProgress<CellEvent>? progress) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => progress?.Report(new CellEvent(cell, CellEventKind.Step, value));
    }
}
