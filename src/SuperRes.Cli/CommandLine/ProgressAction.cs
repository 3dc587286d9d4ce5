namespace SuperRes.Cli.CommandLine;

/// <summary>Progress passed on at once, on the thread that reports it; <see cref="Progress{T}"/> would post it somewhere and lose the order.</summary>
internal sealed class ProgressAction<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
