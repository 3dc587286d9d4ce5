namespace SuperRes.Imaging.Writing;

/// <summary>
/// Turns rows that are pushed into a file that libvips pulls: an uncompressed BigTIFF whose head is made up front and
/// whose pixels come through a pipe, so that nothing but a few strips is ever held. Only reading from front to back
/// works, which is how libvips reads a TIFF for sequential access.
/// </summary>
internal sealed class RowPipe : Stream
{
    private readonly byte[] _head;
    private readonly object _gate = new();
    private byte[] _pending = [];
    private int _taken;
    private int _given;
    private bool _inputClosed;
    private bool _outputClosed;
    private long _position;
    private long _delivered;

    /// <summary>Makes the pipe for rows of a given number of bytes.</summary>
    public RowPipe(int width, int height, int channels, int bytesPerSample)
    {
        _head = VirtualTiff.Head(width, height, channels, bytesPerSample);
        Length = _head.Length + ((long)width * height * channels * bytesPerSample);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <summary>Pushes pixels; waits until the reader has taken those before.</summary>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            while (_taken < _given && !_outputClosed)
            {
                Monitor.Wait(_gate);
            }

            if (_outputClosed)
            {
                throw new IOException("The encoder has stopped reading.");
            }

            if (_pending.Length < buffer.Length)
            {
                _pending = new byte[buffer.Length];
            }

            buffer.CopyTo(_pending);
            (_taken, _given) = (0, buffer.Length);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Says that no more pixels come.</summary>
    public void CloseInput() => Close(ref _inputClosed);

    /// <summary>Says that no more pixels are read: a writer that waits fails.</summary>
    public void CloseOutput() => Close(ref _outputClosed);

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_position < _head.Length)
        {
            count = Math.Min(buffer.Length, _head.Length - (int)_position);
            _head.AsSpan((int)_position, count).CopyTo(buffer);
        }
        else if (_position == _head.Length + _delivered)
        {
            count = Take(buffer);
            _delivered += count;
        }
        else
        {
            throw new InvalidOperationException($"The encoder went from row data byte {_delivered} to {_position - _head.Length}; only reading in order works.");
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseInput();
            CloseOutput();
        }

        base.Dispose(disposing);
    }

    /// <summary>Waits for pixels; none at the end.</summary>
    private int Take(Span<byte> buffer)
    {
        lock (_gate)
        {
            while (_taken == _given && !_inputClosed && !_outputClosed)
            {
                Monitor.Wait(_gate);
            }

            var count = Math.Min(buffer.Length, _given - _taken);
            _pending.AsSpan(_taken, count).CopyTo(buffer);
            _taken += count;
            Monitor.PulseAll(_gate);
            return count;
        }
    }

    private void Close(ref bool side)
    {
        lock (_gate)
        {
            side = true;
            Monitor.PulseAll(_gate);
        }
    }
}
