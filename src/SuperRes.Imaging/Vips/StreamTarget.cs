using NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>
/// Lets libvips write to a seekable, readable stream (TIFF goes back to patch its directory). An exception of the
/// stream must not cross native frames: it is kept in <see cref="Failure"/> and libvips is told that the write failed.
/// </summary>
internal sealed class StreamTarget : IDisposable
{
    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;

    public StreamTarget(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _cancellationToken = cancellationToken;
        Target = new TargetCustom();
        Target.OnWrite += Write;
        Target.OnRead += (buffer, length) => (int)Guard(() => _stream.Read(buffer, 0, length));
        Target.OnSeek += (offset, origin) => Guard(() => _stream.Seek(offset, origin));
        Target.OnEnd += () => 0;
    }

    public TargetCustom Target { get; }

    public Exception? Failure { get; private set; }

    /// <summary>Throws what the stream threw: libvips' GIF saver goes on after a failed write, and reports success.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    public void Dispose() => Target.Dispose();

    private long Write(byte[] buffer, int length) => Guard(() =>
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _stream.Write(buffer, 0, length);
        return length;
    });

    private long Guard(Func<long> action)
    {
        try
        {
            return action();
        }
        catch (Exception error)
        {
            Failure ??= error;
            return -1;
        }
    }
}
