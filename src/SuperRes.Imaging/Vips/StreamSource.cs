using NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>
/// Lets libvips read a seekable stream, from the position it stands at. An exception of the stream must not cross
/// native frames: it is kept in <see cref="Failure"/> and libvips is told that the read failed.
/// </summary>
internal sealed class StreamSource : IDisposable
{
    private readonly Stream _stream;
    private readonly long _start;
    private readonly CancellationToken _cancellationToken;
    private (long Position, byte Value)? _replacement;

    public StreamSource(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _start = stream.Position;
        _cancellationToken = cancellationToken;
        Source = new SourceCustom();
        Source.OnRead += Read;
        Source.OnSeek += Seek;
    }

    public SourceCustom Source { get; }

    public Exception? Failure { get; private set; }

    /// <summary>Shows libvips another byte at one place of the file than stands there.</summary>
    public void Replace(long position, byte value) => _replacement = (position, value);

    public void Dispose() => Source.Dispose();

    private int Read(byte[] buffer, int length)
    {
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var first = _stream.Position - _start;
            var count = _stream.Read(buffer, 0, length);
            if (_replacement is { } replacement && replacement.Position >= first && replacement.Position < first + count)
            {
                buffer[replacement.Position - first] = replacement.Value;
            }

            return count;
        }
        catch (Exception error)
        {
            Failure ??= error;
            return -1;
        }
    }

    private long Seek(long offset, SeekOrigin origin)
    {
        try
        {
            var target = origin switch
            {
                SeekOrigin.Begin => _start + offset,
                SeekOrigin.Current => _stream.Position + offset,
                _ => _stream.Length + offset,
            };
            if (target < _start)
            {
                return -1;
            }

            _stream.Position = target;
            return target - _start;
        }
        catch (Exception error)
        {
            Failure ??= error;
            return -1;
        }
    }
}
