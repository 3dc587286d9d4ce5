namespace SuperRes.Tests.ModelFiles;

/// <summary>Bytes as a pipe delivers them: no length, no seeking, a few at a time.</summary>
internal sealed class PipeStream(byte[] bytes) : Stream
{
    private int _position;

    /// <summary>The byte from which reading fails.</summary>
    public int FailsAt { get; init; } = int.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= FailsAt)
        {
            throw new IOException("the share is gone");
        }

        var read = Math.Min(Math.Min(count, 7), bytes.Length - _position);
        bytes.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
