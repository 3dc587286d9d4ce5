using System.Buffers;
using System.IO.Pipelines;

namespace SuperRes.Studio.Images;

/// <summary>
/// A request's body as a stream whose waiting read can be ended by <see cref="PipeReader.CancelPendingRead"/>, and which then
/// leaves the reader in order: the server still has to drain what is left of the body.
/// </summary>
internal sealed class BodyStream(PipeReader reader) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        if (result.IsCanceled)
        {
            reader.AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException();
        }

        var taken = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
        taken.CopyTo(buffer.Span);

        // Counted first: once the reader has moved on, its segments belong to other requests.
        var count = (int)taken.Length;
        reader.AdvanceTo(taken.End);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
