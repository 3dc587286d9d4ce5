using System.Text.Json;

namespace SuperRes.Imaging.Data.Download;

/// <summary>
/// The incomplete file on disk and what is known of the server's version of it. Disposing keeps both for the next time;
/// <see cref="Complete"/> turns the file into the real one.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _target;
    private readonly FileStream _stream;

    private PartialFile(string target, FileStream stream, PartialFileState state)
    {
        _target = target;
        _stream = stream;
        State = state;
    }

    public long Length => _stream.Length;

    public PartialFileState State { get; private set; }

    private string StatePath => StatePathOf(_target);

    public static string PathOf(string target) => target + ".part";

    /// <summary>Opens what an earlier attempt left, or an empty file. One process at a time.</summary>
    /// <exception cref="DatasetException">Another process is downloading the same file.</exception>
    public static PartialFile Open(string target, Uri address)
    {
        var stream = ExclusiveFile.Open(PathOf(target), "another download of the same file is running. Wait for it or stop it.");
        var state = ReadState(target) is { } known && known.Address == address.AbsoluteUri ? known : PartialFileState.Unknown(address);
        var partial = new PartialFile(target, stream, state);
        if (state.IsUnknown && stream.Length > 0)
        {
            stream.SetLength(0);
        }

        stream.Seek(0, SeekOrigin.End);
        return partial;
    }

    /// <summary>Drops everything and notes what the server says of the file that follows.</summary>
    public void Restart(PartialFileState state)
    {
        _stream.SetLength(0);
        State = state;
        File.WriteAllBytes(StatePath, JsonSerializer.SerializeToUtf8Bytes(state, DownloadJson.Default.PartialFileState));
    }

    /// <summary>Drops everything: the next answer starts the file over.</summary>
    public void Discard()
    {
        _stream.SetLength(0);
        State = PartialFileState.Unknown(new Uri(State.Address));
        File.Delete(StatePath);
    }

    public void Append(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public async Task<string> HashAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream.Seek(0, SeekOrigin.Begin);
        return await FileHash.Sha256Async(_stream, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the file its real name, replacing a file of that name.</summary>
    public void Complete()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(PathOf(_target), _target, overwrite: true);
        File.Delete(StatePath);
    }

    public void Dispose()
    {
        var isEmpty = _stream.CanSeek && _stream.Length == 0;
        _stream.Dispose();
        if (isEmpty)
        {
            File.Delete(PathOf(_target));
            File.Delete(StatePath);
        }
    }

    private static string StatePathOf(string target) => PathOf(target) + ".json";

    private static PartialFileState? ReadState(string target)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StatePathOf(target)), DownloadJson.Default.PartialFileState);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // Absent, or cut off by the same power failure as the download: start over.
            return null;
        }
    }
}
