namespace SuperRes.Imaging.Writing;

/// <summary>
/// Passes a file's bytes on as an encoder makes them, with its beginning edited. The stream below stays the caller's.
/// </summary>
/// <param name="target">Where everything goes.</param>
/// <param name="edit">Gives what to write in place of the first bytes; null while there are too few to tell.</param>
internal sealed class HeadEditingStream(Stream target, Func<byte[], byte[]?> edit) : Stream
{
    private MemoryStream? _head = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_head is null)
        {
            target.Write(buffer);
            return;
        }

        _head.Write(buffer);
        if (edit(_head.ToArray()) is { } edited)
        {
            target.Write(edited);
            _head = null;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
