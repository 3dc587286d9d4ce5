using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>A network as an upscaling method, run by the CPU engine.</summary>
internal sealed class NetworkMethod : IUpscalingMethod
{
    private readonly Model _model;
    private readonly Dictionary<int, Lazy<NetworkEngine>> _engines;

    /// <param name="model">The network and its weights; shared, not changed.</param>
    /// <param name="options">What it may use of the machine.</param>
    public NetworkMethod(Model model, MethodOptions options)
    {
        _model = model;
        _engines = model.Scales.ToDictionary(scale => scale, scale => new Lazy<NetworkEngine>(() => Compile(scale, options)));
    }

    public string Name => _model.Name;

    public long ParameterCount => _model.Graph.TrainableCount;

    public IReadOnlyList<int> Scales => _model.Scales;

    public ImageBuffer Upscale(
        ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Color != ColorModel.Rgb)
        {
            throw new ArgumentException($"{Name} takes RGB, got {image.Color}. Upscaler converts gray images and alpha.", nameof(image));
        }

        var engine = EngineFor(image, width, height);
        var result = new ImageBuffer(width, height, ColorModel.Rgb, image.SampleType);
        try
        {
            engine.Run(image.Height, image.Width, new ImageSource(image), new ImageSink(result), progress, cancellationToken);
        }
        catch (Exception exception) when (exception is GraphException or InsufficientMemoryException)
        {
            throw new UpscalingException($"{Name} can't take an image of {image.Width}x{image.Height}: {exception.Message}", exception);
        }

        return result;
    }

    public void Dispose()
    {
        foreach (var engine in _engines.Values.Where(engine => engine.IsValueCreated))
        {
            engine.Value.Dispose();
        }
    }

    private NetworkEngine EngineFor(ImageBuffer image, int width, int height)
    {
        foreach (var (scale, engine) in _engines)
        {
            if (width == (long)image.Width * scale && height == (long)image.Height * scale)
            {
                return engine.Value;
            }
        }

        throw new ArgumentException(
            $"{Name} enlarges {image.Width}x{image.Height} by {string.Join(" or ", Scales)}, and {width}x{height} was asked for. Upscaler makes other sizes.", nameof(width));
    }

    private NetworkEngine Compile(int scale, MethodOptions options)
    {
        var model = _model.AtScale(scale);
        return new NetworkEngine(model.Graph, model.Weights, options.Threads, memoryBudget: options.MemoryBudget);
    }
}
