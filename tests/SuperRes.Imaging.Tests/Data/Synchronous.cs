namespace SuperRes.Imaging.Tests.Data;

/// <summary>Progress that is told on the thread that reports, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Synchronous<T>(Action<T> told) : IProgress<T>
{
    public void Report(T value) => told(value);
}
