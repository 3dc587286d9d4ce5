namespace SuperRes.Imaging.Data.Download;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>Failures in a row, without new data between them, after which a download gives up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts, also where the server asks for more.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A connection that is silent for this long counts as dropped.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Every fault in these options, in words; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Attempts < 1)
        {
            faults.Add($"Attempts is {Attempts}; it must be at least 1.");
        }

        if (FirstDelay < TimeSpan.Zero || LongestDelay < FirstDelay)
        {
            faults.Add($"FirstDelay is {FirstDelay} and LongestDelay {LongestDelay}; both must be positive, the longest not the smaller.");
        }

        if (Silence <= TimeSpan.Zero)
        {
            faults.Add($"Silence is {Silence}; it must be positive.");
        }

        return faults;
    }
}
