namespace SuperRes.Pixels;

/// <summary>
/// Spreads rows over threads in fixed chunks. Work on a row must not depend on the chunk it falls in: then the
/// result is the same for any number of threads.
/// </summary>
internal static class ParallelRows
{
    /// <summary>Small enough to balance and to cancel soon, large enough to share scratch rows within a chunk.</summary>
    public const int ChunkRows = 32;

    /// <summary>Calls <paramref name="body"/> with [start, end) for each chunk of rows.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    /// <param name="body">Told the first row and the one after the last.</param>
    /// <param name="cancellationToken">Looked at before each chunk.</param>
    public static void Run(int rows, int maxThreads, Action<int, int> body, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxThreads);
        var chunks = (rows + ChunkRows - 1) / ChunkRows;
        void RunChunk(int chunk)
        {
            var start = chunk * ChunkRows;
            body(start, Math.Min(start + ChunkRows, rows));
        }

        if (maxThreads == 1 || chunks == 1)
        {
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RunChunk(chunk);
            }

            return;
        }

        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = maxThreads == 0 ? Environment.ProcessorCount : maxThreads,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, chunks, options, RunChunk);
    }
}
