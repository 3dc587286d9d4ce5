using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SuperRes.Imaging.Tests.Data.Download;

/// <summary>
/// An HTTP server on 127.0.0.1 that does what a test tells it, wrong things too: each answer's bytes are written as they
/// are, nothing corrects a false length or finishes a broken one.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, LoopbackAnswer> _answer;
    private readonly ConcurrentQueue<LoopbackRequest> _requests = [];

    public LoopbackServer(Func<LoopbackRequest, LoopbackAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public LoopbackRequest[] Requests => [.. _requests];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(stop);
                _ = Task.Run(() => ServeAsync(client, stop), stop);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var request = await ReadRequestAsync(stream, stop);
                _requests.Enqueue(request);
                var answer = _answer(request);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Head()), stop);
                await stream.WriteAsync(answer.Body, stop);
                if (answer.ThenSilence)
                {
                    await Task.Delay(Timeout.Infinite, stop);
                }

                if (answer.ThenReset)
                {
                    client.LingerState = new LingerOption(true, 0);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
            // The client hung up, or the test is over.
        }
    }

    private static async Task<LoopbackRequest> ReadRequestAsync(NetworkStream stream, CancellationToken stop)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop) == 1)
        {
            text.Append((char)one[0]);
        }

        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new LoopbackRequest(lines[0].Split(' ')[1], headers);
    }
}

/// <summary>What the server was asked.</summary>
internal sealed record LoopbackRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>N of "Range: bytes=N-".</summary>
    public int? RangeStart => Headers.TryGetValue("Range", out var range)
        ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
        : null;

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}

/// <summary>What the server answers.</summary>
internal sealed record LoopbackAnswer(int Status, ReadOnlyMemory<byte> Body, params string[] Headers)
{
    /// <summary>Null leaves the header out: the body then ends with the connection.</summary>
    public long? ContentLength { get; init; } = Body.Length;

    /// <summary>After the body the connection stays open without a byte.</summary>
    public bool ThenSilence { get; init; }

    /// <summary>After the body the connection is reset, not closed.</summary>
    public bool ThenReset { get; init; }

    public string Head()
    {
        var length = ContentLength is { } bytes ? [$"Content-Length: {bytes}"] : Array.Empty<string>();
        return string.Join("\r\n", [$"HTTP/1.1 {Status} Because", .. Headers, .. length, "Connection: close", "", ""]);
    }
}
