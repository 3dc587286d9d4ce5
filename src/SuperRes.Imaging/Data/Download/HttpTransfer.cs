using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace SuperRes.Imaging.Data.Download;

/// <summary>One attempt to bring a partial file to its full length.</summary>
internal sealed class HttpTransfer(
    HttpClient client, DownloadRequest request, PartialFile part, IProgress<FetchProgress>? progress, TimeProvider time, Func<string, long> availableSpace)
{
    private const int BlockBytes = 1 << 17;

    /// <exception cref="TransferInterruptedException">It ended early, and trying again may help.</exception>
    /// <exception cref="DatasetException">It ended early, and trying again can't help.</exception>
    public async Task RunAsync(SilenceGuard silence)
    {
        using var message = CreateMessage();
        using var response = await silence.WatchAsync(token => client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token)).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0 && response.Content.Headers.ContentRange?.Length == part.Length)
        {
            return;
        }

        var total = Accept(response);
        DiskSpace.Demand((total ?? part.Length) - part.Length, FolderOf(request.Path), $"The rest of '{Path.GetFileName(request.Path)}'", availableSpace);
        await ReceiveAsync(response, total, silence).ConfigureAwait(false);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private HttpRequestMessage CreateMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, request.Address);
        // A body compressed on the way has neither the length nor the offsets of the file.
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        var condition = part.State.Condition();
        if (part.Length > 0 && (condition is not null || request.Sha256 is not null))
        {
            message.Headers.Range = new RangeHeaderValue(part.Length, null);
            message.Headers.IfRange = condition;
        }

        return message;
    }

    /// <summary>Prepares the partial file for the body that follows.</summary>
    /// <returns>The whole file's size, where anyone knows it.</returns>
    private long? Accept(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var total = DemandSize(response.Content.Headers.ContentLength);
                part.Restart(PartialFileState.Of(request.Address, response, total));
                return total;

            case HttpStatusCode.PartialContent:
                return AcceptContinuation(response);

            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Discard();
                throw new TransferInterruptedException("The file on the server has become shorter.");

            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
            case >= HttpStatusCode.InternalServerError:
                throw new TransferInterruptedException($"The server answers {Describe(response)}.", retryAfter: RetryAfter(response));

            default:
                throw new DatasetException(
                    $"{request.Address}: the server answers {Describe(response)}. " +
                    "If the file has moved, download it yourself, put it where it belongs and run the command again.");
        }
    }

    private long? AcceptContinuation(HttpResponseMessage response)
    {
        var range = response.Content.Headers.ContentRange;
        var version = PartialFileState.Of(request.Address, response, range?.Length);
        if (part.Length == 0 || range?.From != part.Length || !part.State.IsSameVersion(version))
        {
            part.Discard();
            throw new TransferInterruptedException("The file on the server has changed, or the server sends another part than was asked for.");
        }

        return DemandSize(range.Length ?? part.State.Bytes);
    }

    private long? DemandSize(long? offered) =>
        offered is null || request.Bytes is null || offered == request.Bytes
            ? offered ?? request.Bytes
            : throw new DatasetException(
                $"{request.Address}: the server offers {offered} bytes, and {request.Bytes} are expected. " +
                "The published file has changed, or this is an error page in its place.");

    private async Task ReceiveAsync(HttpResponseMessage response, long? total, SilenceGuard silence)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var body = await silence.WatchAsync(response.Content.ReadAsStreamAsync).ConfigureAwait(false);
            progress?.Report(new(FetchPhase.Downloading, part.Length, total));
            int read;
            while ((read = await silence.WatchAsync(token => body.ReadAsync(block.AsMemory(0, BlockBytes), token).AsTask()).ConfigureAwait(false)) > 0)
            {
                if (part.Length + read > total)
                {
                    part.Discard();
                    throw new DatasetException($"{request.Address}: the server sends more than the {total} bytes it should have. Nothing was kept.");
                }

                Write(block.AsSpan(0, read));
                progress?.Report(new(FetchPhase.Downloading, part.Length, total));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        if (part.Length < total)
        {
            throw new TransferInterruptedException($"The connection ended after {part.Length} of {total} bytes.");
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            part.Append(bytes);
        }
        catch (IOException exception)
        {
            throw new DatasetException($"'{request.Path}' can't be written: {exception.Message} What has arrived is kept; run the command again to continue.", exception);
        }
    }

    private static string Describe(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    /// <summary>How long the server asks to wait, in seconds or until a time by its own clock.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } wanted ? null : wanted.Delta ?? (wanted.Date - (response.Headers.Date ?? time.GetUtcNow()));
}
