namespace SuperRes.Upscaling;

/// <summary>Passes on the progress of one part of a larger piece of work.</summary>
internal sealed class ProgressShare : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly double _start;
    private readonly double _length;

    private ProgressShare(IProgress<double> whole, double start, double length)
    {
        _whole = whole;
        _start = start;
        _length = length;
    }

    /// <summary>Progress 0 to 1 of the part becomes start to start + length of the whole; null where nobody listens.</summary>
    public static IProgress<double>? Of(IProgress<double>? whole, double start, double length) =>
        whole is null ? null : new ProgressShare(whole, start, length);

    public void Report(double value) => _whole.Report(_start + (_length * value));
}
