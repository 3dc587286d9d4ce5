namespace SuperRes.Imaging.Data.Download;

/// <summary>An attempt ended early in a way that another attempt may get past.</summary>
internal sealed class TransferInterruptedException(string message, Exception? inner = null, TimeSpan? retryAfter = null)
    : Exception(message, inner)
{
    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
