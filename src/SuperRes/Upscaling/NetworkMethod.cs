using SuperRes.Engine;
using SuperRes.Engine.Images;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>A network as an upscaling method, run by the CPU engine.</summary>
/// <remarks>
/// Convolutions take what lies outside an image as black. The networks have learned to live with that at an edge, and not
/// with an image that is all edges: thin ones are continued by the pixels at their edges, and the result is cut out.
/// </remarks>
internal sealed class NetworkMethod : IRowwiseMethod
{
    private const int Thin = 16;
    private const int Continuation = 8;

    private readonly Model _model;
    private readonly MethodOptions _options;
    private readonly Lazy<int> _receptiveField;
    private readonly Lock _compiling = new();
    private readonly Dictionary<int, NetworkEngine> _engines = [];
    private bool _disposed;

    /// <param name="model">The network and its weights; shared, not changed.</param>
    /// <param name="options">What it may use of the machine.</param>
    public NetworkMethod(Model model, MethodOptions options)
    {
        (_model, _options) = (model, options);
        _receptiveField = new(() => new GraphAnalysis(model.Graph).ReceptiveField.Largest);
    }

    public string Name => _model.Name;

    public int Threads => _options.Threads;

    public long ParameterCount => _model.Graph.TrainableCount;

    public IReadOnlyList<int> Scales => _model.Scales;

    public ImageBuffer Upscale(
        ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var engine = EngineFor(image.Color, image.Width, image.Height, width, height);
        var result = new ImageBuffer(width, height, ColorModel.Rgb, image.SampleType);
        if (IsThin(image.Width, image.Height))
        {
            UpscaleRows(new BufferRowSource(image), new BufferRowSink(result), width, height, memoryBudget: null, progress, cancellationToken);
            return result;
        }

        if (Tiled(engine, width / image.Width) is { } tiled)
        {
            Run(image.Width, image.Height, () => tiled.Run(image, new BufferRowSink(result), memoryBudget: null, progress, cancellationToken));
            return result;
        }

        Run(image.Width, image.Height, () => engine.Run(image.Height, image.Width, new ImageSource(image), new ImageSink(result), progress, cancellationToken));
        return result;
    }

    public void UpscaleRows(
        IImageRowSource source, IImageRowSink sink, int width, int height, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var engine = EngineFor(source.Color, source.Width, source.Height, width, height);
        var scale = width / source.Width;
        Run(source.Width, source.Height, () =>
        {
            if (!IsThin(source.Width, source.Height))
            {
                RunRows(engine, source, sink, scale, memoryBudget, progress, cancellationToken);
                return;
            }

            var (columns, rows) = (Added(source.Width), Added(source.Height));
            var part = new CroppingRowSink(sink, columns * scale, rows * scale, width, height);
            RunRows(engine, new ContinuedRowSource(source, columns, rows), part, scale, memoryBudget, progress, cancellationToken);
        });
    }

    public long MemoryFor(int fromWidth, int fromHeight, int width, int height, ColorModel color, SampleType sampleType)
    {
        var engine = EngineFor(color, fromWidth, fromHeight, width, height);
        var scale = width / fromWidth;
        var (runWidth, runHeight) = IsThin(fromWidth, fromHeight) ? (fromWidth + (2 * Added(fromWidth)), fromHeight + (2 * Added(fromHeight))) : (fromWidth, fromHeight);
        try
        {
            if (Tiled(engine, scale) is { } tiled)
            {
                return tiled.MemoryFor(runWidth, runHeight, (int)color * ImageBuffer.BytesPerSample(sampleType));
            }

            return engine.LeastBytes(runHeight, runWidth) + StripBytes(runWidth, runWidth * scale, color, sampleType);
        }
        catch (GraphException exception)
        {
            throw CanNotTake(fromWidth, fromHeight, exception);
        }
    }

    public void Dispose()
    {
        lock (_compiling)
        {
            _disposed = true;
            foreach (var engine in _engines.Values)
            {
                engine.Dispose();
            }
        }
    }

    /// <summary>Enlarges an image that is not thin, or no longer.</summary>
    private void RunRows(
        NetworkEngine engine, IImageRowSource source, IImageRowSink sink, int scale, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (Tiled(engine, scale) is { } tiled)
        {
            tiled.Run(BufferRowSource.ReadAll(source, cancellationToken), sink, memoryBudget, progress, cancellationToken);
            return;
        }

        var (width, height) = (source.Width * scale, source.Height * scale);
        var strips = new EngineRowSink(sink, width, height, source.SampleType);
        var budget = memoryBudget - StripBytes(source.Width, width, source.Color, source.SampleType);
        engine.Run(source.Height, source.Width, new EngineRowSource(source), strips, progress, cancellationToken, memoryBudget: budget);
    }

    /// <summary>Says of what a network can't take which image it was given, and not what that was continued to.</summary>
    private void Run(int width, int height, Action run)
    {
        try
        {
            run();
        }
        catch (Exception exception) when (exception is GraphException or InsufficientMemoryException)
        {
            throw CanNotTake(width, height, exception);
        }
    }

    /// <summary>A ViT's windows continue an image as far as they must.</summary>
    private bool IsThin(int width, int height) => _model.Options is not VitOptions && (width < Thin || height < Thin);

    /// <summary>How far an image is continued at each end of a side; once done, the side is thin no longer.</summary>
    private static int Added(int length) => length < Thin ? Continuation : 0;

    /// <summary>Strips on their way in and out, of which each thread has two at most.</summary>
    private static long StripBytes(int fromWidth, int width, ColorModel color, SampleType sampleType) =>
        4L * EngineRowSink.StripRows * ((long)fromWidth + width) * (int)color * ImageBuffer.BytesPerSample(sampleType);

    /// <summary>How a network is run that takes one size only, or that was asked to work in tiles; null for others.</summary>
    private TiledRun? Tiled(NetworkEngine engine, int scale) =>
        _model.Options is VitOptions vit ? new TiledRun(engine, TileCut.Windows(vit.WindowSize), scale)
        : _options.TileSize > 0 ? new TiledRun(engine, TileCut.Tiles(_options.TileSize, _receptiveField.Value), scale)
        : null;

    private UpscalingException CanNotTake(int width, int height, Exception exception) =>
        new($"{Name} can't take an image of {width}x{height}: {exception.Message}", exception);

    private NetworkEngine EngineFor(ColorModel color, int fromWidth, int fromHeight, int width, int height)
    {
        if (color != ColorModel.Rgb)
        {
            throw new ArgumentException($"{Name} takes RGB, got {color}. Upscaler converts gray images and alpha.", nameof(color));
        }

        foreach (var scale in Scales)
        {
            if (width == (long)fromWidth * scale && height == (long)fromHeight * scale)
            {
                return EngineAt(scale);
            }
        }

        throw new ArgumentException(
            $"{Name} enlarges {fromWidth}x{fromHeight} by {string.Join(" or ", Scales)}, and {width}x{height} was asked for. Upscaler makes other sizes.", nameof(width));
    }

    /// <summary>The engine of a scale, compiled when it is first needed; what failed, for want of memory, is tried again the next time.</summary>
    /// <exception cref="ObjectDisposedException">An engine made now would be nobody's to free.</exception>
    private NetworkEngine EngineAt(int scale)
    {
        lock (_compiling)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(Name);
            }

            if (!_engines.TryGetValue(scale, out var engine))
            {
                var model = _model.AtScale(scale);
                _engines[scale] = engine = new NetworkEngine(model.Graph, model.Weights, _options.Threads, memoryBudget: _options.MemoryBudget);
            }

            return engine;
        }
    }
}
