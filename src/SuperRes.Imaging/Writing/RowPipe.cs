using System.IO.Pipes;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// Turns rows that are pushed into a file that libvips pulls: an uncompressed BigTIFF whose head is made up front and
/// whose pixels come through a pipe, so that nothing but a few strips is ever held. Only reading from front to back
/// works, which is how libvips reads a TIFF for sequential access.
/// </summary>
internal sealed class RowPipe : Stream
{
    private readonly byte[] _head;
    private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _output;
    private long _position;
    private long _delivered;

    /// <summary>Makes the pipe for rows of a given number of bytes.</summary>
    public RowPipe(int width, int height, int channels, int bytesPerSample)
    {
        _head = VirtualTiff.Head(width, height, channels, bytesPerSample);
        Length = _head.Length + ((long)width * height * channels * bytesPerSample);
        _output = new AnonymousPipeClientStream(PipeDirection.In, _input.ClientSafePipeHandle);
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

    /// <summary>Pushes pixels; waits until the reader has taken them.</summary>
    public override void Write(ReadOnlySpan<byte> buffer) => _input.Write(buffer);

    /// <summary>Says that no more pixels come.</summary>
    public void CloseInput() => _input.Dispose();

    /// <summary>Says that no more pixels are read: a writer that waits fails.</summary>
    public void CloseOutput() => _output.Dispose();

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
            count = _output.Read(buffer);
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
            _input.Dispose();
            _output.Dispose();
        }

        base.Dispose(disposing);
    }
}
