namespace SuperRes.Studio;

/// <summary>What one server lets its users ask for. The defaults suit one person's machine.</summary>
public sealed record StudioLimits
{
    // Timers take at most 2^32 - 2 milliseconds, 49.7 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    /// <summary>The limits used where none are given.</summary>
    public static StudioLimits Default { get; } = new();

    /// <summary>The most bytes of one uploaded file.</summary>
    public long Bytes { get; init; } = 256_000_000;

    /// <summary>The most pixels of an uploaded image, read from its header before any pixel is decoded.</summary>
    public long Pixels { get; init; } = 50_000_000;

    /// <summary>The most pixels of a result.</summary>
    public long ResultPixels { get; init; } = 400_000_000;

    /// <summary>
    /// The most bytes that one job may hold in memory, by estimate; half of what the machine or the container has. The network
    /// whose attention is looked at may hold as much, so may each of two files that are encoded at once, and so may the
    /// previews that are made at once.
    /// </summary>
    public long JobMemory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>The most jobs that wait at once.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>The longest that one job may run, at most 49 days.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest that one upload may take, at most 49 days.</summary>
    public TimeSpan UploadTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most bytes that uploads and results may take on the disk together; the oldest results go first.</summary>
    public long DiskBytes { get; init; } = 8_000_000_000;

    /// <summary>How long an upload, or a result from its job's end on, is kept that nobody asks for.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The most connections at once.</summary>
    public int Connections { get; init; } = 200;

    /// <summary>The least speed at which a request's body has to arrive, in bytes per second, after a grace of five seconds.</summary>
    public int BytesPerSecond { get; init; } = 1024;

    /// <summary>Every fault in these limits, each one sentence; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        AtLeastOne(Bytes, "bytes of an upload");
        AtLeastOne(Pixels, "pixels of an image");
        AtLeastOne(ResultPixels, "pixels of a result");
        AtLeastOne(JobMemory, "memory of a job");
        AtLeastOne(Queue, "length of the queue");
        AtLeastOne(DiskBytes, "bytes on the disk");
        AtLeastOne(Connections, "number of connections");
        AtLeastOne(BytesPerSecond, "speed of an upload");
        Within(JobTime, LongestWait, "time of a job");
        Within(UploadTime, LongestWait, "time of an upload");
        Within(Kept, TimeSpan.MaxValue, "time that results are kept");
        return faults;

        void AtLeastOne(long value, string what)
        {
            if (value < 1)
            {
                faults.Add($"The limit on the {what} is {value}; it is at least 1.");
            }
        }

        void Within(TimeSpan value, TimeSpan most, string what)
        {
            if (value <= TimeSpan.Zero || value > most)
            {
                faults.Add(FormattableString.Invariant($"The limit on the {what} is {value.TotalSeconds} seconds; it is above 0{(most < TimeSpan.MaxValue ? $" and at most {most.TotalSeconds}" : "")}."));
            }
        }
    }
}
