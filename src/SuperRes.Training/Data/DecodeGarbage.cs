namespace SuperRes.Training.Data;

/// <summary>
/// Keeps what decoding leaves behind from piling up. Photos are decoded through buffers far larger than what stays in the
/// cache; the collector lets several gigabytes of them lie, because nothing else asks for memory, and gives back none of
/// it. So every so many bytes they are collected and their memory is returned.
/// </summary>
/// <param name="limit">Bytes that may lie about; a collection takes as long as copying what lives.</param>
internal sealed class DecodeGarbage(long limit = 400_000_000)
{
    private long _bytes;

    /// <summary>Counts what was left behind.</summary>
    /// <param name="bytes">Bytes of pixels that were decoded, or of memory that a measurement took.</param>
    public void Add(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) >= limit && Interlocked.Exchange(ref _bytes, 0) >= limit)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
