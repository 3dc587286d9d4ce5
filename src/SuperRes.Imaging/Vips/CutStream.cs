namespace SuperRes.Imaging.Vips;

/// <summary>
/// Shows what follows in a stream with stretches of it left out, as if they were not there. The stream below stays the
/// caller's, and nobody else moves it while this one is read.
/// </summary>
internal sealed class CutStream : Stream
{
    private readonly Stream _stream;

    // The stretches that are left: where each begins here, and where below; ascending in both.
    private readonly List<long> _starts = [];
    private readonly List<long> _origins = [];
    private long _length;

    /// <summary>Begins where the stream stands.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="cuts">What to leave out, by positions in the stream: ascending, and not one within another.</param>
    public CutStream(Stream stream, IReadOnlyList<(long Start, long End)> cuts)
    {
        _stream = stream;
        var origin = stream.Position;
        foreach (var (start, end) in cuts)
        {
            Keep(origin, start);
            origin = end;
        }

        Keep(origin, stream.Length);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= _length)
        {
            return 0;
        }

        var found = _starts.BinarySearch(Position);
        var part = found >= 0 ? found : ~found - 1;
        var end = part + 1 < _starts.Count ? _starts[part + 1] : _length;
        _stream.Position = _origins[part] + Position - _starts[part];
        var count = _stream.Read(buffer[..(int)Math.Min(buffer.Length, end - Position)]);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Keep(long start, long end)
    {
        if (end > start)
        {
            _starts.Add(_length);
            _origins.Add(start);
            _length += end - start;
        }
    }
}
