using System.Globalization;

namespace SuperRes.Imaging.Data.Download;

/// <summary>
/// Downloads files over HTTP so that nothing is lost and nothing wrong is kept: what has arrived survives a dropped
/// connection and a restarted process, a file that changed on the server is fetched anew, and the real name appears only
/// once size and checksum are right.
/// </summary>
internal sealed class HttpDownloader(HttpClient client, DownloadOptions options, TimeProvider time, Func<string, long> availableSpace)
{
    /// <summary>Downloads a file, replacing one of that name.</summary>
    /// <param name="request">What to download, and to where.</param>
    /// <param name="progress">Told of bytes received and hashed.</param>
    /// <param name="cancellationToken">Ends the work early; what has arrived is kept.</param>
    /// <exception cref="DatasetException">The file can't be had; the message says why and what to do.</exception>
    public async Task DownloadAsync(DownloadRequest request, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.Path))!);
        using var part = PartialFile.Open(request.Path, request.Address);
        var inPieces = part.Length > 0;
        inPieces |= await TransferAsync(request, part, progress, cancellationToken).ConfigureAwait(false);
        var fault = await FindFaultAsync(request, part, progress, cancellationToken).ConfigureAwait(false);
        if (fault is not null && inPieces)
        {
            // Pieces from several answers may not have belonged together; one whole answer settles it.
            part.Discard();
            await TransferAsync(request, part, progress, cancellationToken).ConfigureAwait(false);
            fault = await FindFaultAsync(request, part, progress, cancellationToken).ConfigureAwait(false);
        }

        if (fault is not null)
        {
            part.Discard();
            throw new DatasetException(fault);
        }

        part.Complete();
    }

    private static async Task<string?> FindFaultAsync(DownloadRequest request, PartialFile part, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        if (request.Sha256 is null)
        {
            return null;
        }

        var length = part.Length;
        var hash = await part.HashAsync(done => progress?.Report(new(FetchPhase.Verifying, done, length)), cancellationToken).ConfigureAwait(false);
        return hash == request.Sha256
            ? null
            : $"{request.Address} has SHA-256 {hash}, and {request.Sha256} is expected. It was changed, or damaged on the way; nothing was kept. Try again later, or another source.";
    }

    /// <returns>Whether the file came in more than one answer.</returns>
    private async Task<bool> TransferAsync(DownloadRequest request, PartialFile part, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        var transfer = new HttpTransfer(client, request, part, progress, time, availableSpace);
        var (failures, furthest) = (0, part.Length);
        for (var answers = 1; ; answers++)
        {
            try
            {
                using var silence = new SilenceGuard(options.Silence, time, cancellationToken);
                await transfer.RunAsync(silence).ConfigureAwait(false);
                return answers > 1;
            }
            catch (TransferInterruptedException exception)
            {
                failures = part.Length > furthest ? 1 : failures + 1;
                furthest = Math.Max(furthest, part.Length);
                if (failures >= options.Attempts)
                {
                    throw GiveUp(request, part, exception, failures);
                }

                var delay = DelayAfter(failures, exception.RetryAfter);
                progress?.Report(new(FetchPhase.Downloading, part.Length, request.Bytes, string.Create(
                    CultureInfo.InvariantCulture, $"{exception.Message} Trying again in {delay.TotalSeconds:0.#} s.")));
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static DatasetException GiveUp(DownloadRequest request, PartialFile part, TransferInterruptedException exception, int failures)
    {
        var next = part.Length > 0
            ? $"{ByteSize.Format(part.Length)} are kept; run the command again to continue."
            : "Check the address and the connection, and run the command again.";
        return new DatasetException($"{request.Address}: {exception.Message} Gave up after {failures} attempts without progress. {next}", exception);
    }

    private TimeSpan DelayAfter(int failures, TimeSpan? asked)
    {
        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 16));
        var wanted = asked > doubled ? asked.Value : doubled;
        return wanted < options.LongestDelay ? wanted : options.LongestDelay;
    }
}
