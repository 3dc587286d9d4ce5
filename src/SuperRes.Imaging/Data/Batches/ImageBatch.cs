namespace SuperRes.Imaging.Data.Batches;

/// <summary>Processes many images on several threads; a bad one is recorded, and the others go on.</summary>
internal static class ImageBatch
{
    /// <summary>Runs the work for every image.</summary>
    /// <param name="items">The images.</param>
    /// <param name="pathOf">The file that a failure is recorded under.</param>
    /// <param name="work">The work; called from several threads at once.</param>
    /// <param name="jobs">Images at once; 0 for one per processor.</param>
    /// <param name="progress">Told as each is finished, in no particular order.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry an item, in their order: the result, or why there is none.</returns>
    public static async Task<IReadOnlyList<(TResult? Result, BatchFailure? Failure)>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, string> pathOf,
        Func<TItem, CancellationToken, TResult> work,
        int jobs,
        IProgress<BatchProgress>? progress,
        CancellationToken cancellationToken)
        where TResult : class
    {
        var results = new (TResult?, BatchFailure?)[items.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = jobs > 0 ? jobs : Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, parallel, (index, token) =>
        {
            var path = pathOf(items[index]);
            try
            {
                results[index] = (work(items[index], token), null);
            }
            catch (Exception exception) when (exception is DatasetException or IOException or UnauthorizedAccessException or NotSupportedException)
            {
                results[index] = (null, new BatchFailure(path, exception.Message));
            }

            progress?.Report(new BatchProgress(Interlocked.Increment(ref done), items.Count, Path.GetFileName(path)));
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return results;
    }
}
