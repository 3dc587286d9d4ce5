using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>
/// Which method enlarges an image: the one that the user named, or else the best that is here for the image's own scale.
/// May be asked from several threads at once.
/// </summary>
internal sealed class UpscalerChoice : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Upscaler> _loaded = new(StringComparer.Ordinal);
    private readonly UpscaleRequest _request;

    /// <exception cref="CommandLine.CommandException">The user named no method that there is.</exception>
    public UpscalerChoice(UpscaleRequest request)
    {
        _request = request;
        Main = Load(request.Method ?? UpscalingMethods.DefaultName(request.Scale));
        Size = request.Size ?? TargetSize.FromScale(MethodNames.OwnScale(Main.Method));
    }

    /// <summary>What is used unless images of their own sizes ask for another scale each.</summary>
    public Upscaler Main { get; }

    /// <summary>The size that is wanted of every image.</summary>
    public TargetSize Size { get; }

    /// <summary>The method for an image of a size; the choice's own, which disposes it.</summary>
    public Upscaler For(int width, int height)
    {
        if (_request.Method is not null || _request.Size is null || _request.Scale is not null)
        {
            return Main;
        }

        return Load(UpscalingMethods.DefaultName(ScaleOf(width, height)));
    }

    /// <summary>What the user should know who has not named the method: that no network was there for this image.</summary>
    public IEnumerable<string> Notes(Upscaler upscaler, int width, int height)
    {
        var scale = ScaleOf(width, height);
        if (_request.Method is null && upscaler.Method.ParameterCount == 0 && scale > 1)
        {
            yield return FormattableString.Invariant($"no network here enlarges {scale:0.##} times, so it was done by {upscaler.Method.Name}.");
        }
    }

    /// <summary>That another network is made for such an image, for the user who has not named the method; null where it isn't so.</summary>
    public string? Advice(Upscaler upscaler, ImageHeader header) =>
        _request.Method is null && CompressionAdvice.For(upscaler.Method.Name, header.JpegQuality, ScaleOf(header.Width, header.Height)) is { } advice
            ? $"{advice} Choose it with -m."
            : null;

    public void Dispose()
    {
        foreach (var upscaler in _loaded.Values)
        {
            upscaler.Dispose();
        }
    }

    private double ScaleOf(int width, int height)
    {
        var (wide, high) = Size.For(width, height);
        return Math.Max((double)wide / width, (double)high / height);
    }

    private Upscaler Load(string name)
    {
        lock (_lock)
        {
            return _loaded.TryGetValue(name, out var upscaler) ? upscaler : _loaded[name] = MethodNames.Load(name, _request.MethodOptions);
        }
    }
}
