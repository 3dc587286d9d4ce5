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
    private readonly IReadOnlyDictionary<long, byte> _replacements;

    // Kept here and not in the stream: libvips may go past the end, which some streams refuse.
    private long _position;

    /// <param name="stream">The file's bytes; stays the caller's.</param>
    /// <param name="cancellationToken">Makes further reads fail.</param>
    /// <param name="replacements">Bytes to show in place of the file's own, by their positions from the file's start.</param>
    public StreamSource(Stream stream, CancellationToken cancellationToken, IReadOnlyDictionary<long, byte>? replacements = null)
    {
        _stream = stream;
        _start = stream.Position;
        _cancellationToken = cancellationToken;
        _replacements = replacements ?? new Dictionary<long, byte>();
        Source = new SourceCustom();
        Source.OnRead += Read;
        Source.OnSeek += Seek;
    }

    public SourceCustom Source { get; }

    public Exception? Failure { get; private set; }

    public void Dispose() => Source.Dispose();

    private int Read(byte[] buffer, int length)
    {
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_position >= _stream.Length - _start)
            {
                return 0;
            }

            _stream.Position = _start + _position;
            var count = _stream.Read(buffer, 0, length);
            Replace(buffer.AsSpan(0, count));
            _position += count;
            return count;
        }
        catch (Exception error)
        {
            Failure ??= error;
            return -1;
        }
    }

    private void Replace(Span<byte> bytes)
    {
        foreach (var (position, value) in _replacements)
        {
            if (position >= _position && position < _position + bytes.Length)
            {
                bytes[(int)(position - _position)] = value;
            }
        }
    }

    private long Seek(long offset, SeekOrigin origin)
    {
        try
        {
            var target = offset + origin switch
            {
                SeekOrigin.Begin => 0,
                SeekOrigin.Current => _position,
                _ => _stream.Length - _start,
            };
            return target < 0 ? -1 : _position = target;
        }
        catch (Exception error)
        {
            Failure ??= error;
            return -1;
        }
    }
}
