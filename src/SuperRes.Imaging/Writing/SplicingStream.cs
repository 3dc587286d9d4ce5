namespace SuperRes.Imaging.Writing;

/// <summary>
/// Passes a file's bytes on as an encoder makes them and puts more in at one place near their beginning. The stream
/// below stays the caller's.
/// </summary>
/// <param name="target">Where everything goes.</param>
/// <param name="insertion">What is put in.</param>
/// <param name="findPlace">Tells from the first bytes how many of them come before the insertion; null while there are too few to tell.</param>
internal sealed class SplicingStream(Stream target, byte[] insertion, Func<ReadOnlySpan<byte>, int?> findPlace) : Stream
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
        var bytes = _head.GetBuffer().AsSpan(0, (int)_head.Length);
        if (findPlace(bytes) is { } place && place <= bytes.Length)
        {
            target.Write(bytes[..place]);
            target.Write(insertion);
            target.Write(bytes[place..]);
            _head = null;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
