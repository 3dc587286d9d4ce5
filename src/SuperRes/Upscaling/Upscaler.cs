using SuperRes.ModelFiles;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>
/// Enlarges images with a method, and takes care of what a method leaves out: alpha, gray images for networks, sizes
/// between a network's trained scales, and self-ensemble. Arrays in, arrays out; colour model and sample type are kept.
/// May be used from several threads at once.
/// </summary>
/// <example>
/// <code>
/// using var upscaler = Upscaler.Load("bicubic");
/// var large = upscaler.Upscale(image, scale: 4);
/// </code>
/// </example>
public sealed class Upscaler : IDisposable
{
    private readonly bool _ownsMethod;

    /// <summary>Uses a method that the caller owns and disposes.</summary>
    public Upscaler(IUpscalingMethod method)
        : this(method, ownsMethod: false)
    {
    }

    /// <param name="method">The method.</param>
    /// <param name="ownsMethod">Whether disposing the upscaler disposes it.</param>
    internal Upscaler(IUpscalingMethod method, bool ownsMethod)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = method;
        _ownsMethod = ownsMethod;
    }

    /// <summary>The method that enlarges.</summary>
    public IUpscalingMethod Method { get; }

    /// <summary>Loads a method by name or file, as <see cref="UpscalingMethods.Load"/> does. Disposing the upscaler disposes it.</summary>
    /// <inheritdoc cref="UpscalingMethods.Load" path="/exception"/>
    public static Upscaler Load(string name, MethodOptions? options = null) =>
        new(UpscalingMethods.Load(name, options), ownsMethod: true);

    /// <summary>Uses a model that is in memory, as one of a stream or a blend. Disposing the upscaler frees what it made of it.</summary>
    /// <param name="model">The network and its weights; shared, not changed.</param>
    /// <param name="options">What it may use of the machine; null for <see cref="MethodOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is negative.</exception>
    public static Upscaler From(Model model, MethodOptions? options = null) => new(UpscalingMethods.Create(model, options), ownsMethod: true);

    /// <summary>Enlarges an image by a factor, also fractional.</summary>
    /// <inheritdoc cref="Upscale(ImageBuffer, TargetSize, UpscaleOptions, IProgress{double}, CancellationToken)"/>
    /// <param name="image">8-bit, 16-bit or float; gray or RGB, with or without straight alpha. Never changed.</param>
    /// <param name="scale">Above 0. Sides are rounded to the nearest pixel.</param>
    /// <param name="options">Null for <see cref="UpscaleOptions.Default"/>.</param>
    /// <param name="progress">Told the share done, 0 to 1, from the working threads.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    public ImageBuffer Upscale(
        ImageBuffer image, double scale, UpscaleOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Upscale(image, TargetSize.FromScale(scale), options, progress, cancellationToken);

    /// <summary>
    /// Brings an image to a size. A network runs at its smallest scale that reaches the size, and the result is reduced
    /// with the MATLAB-compatible bicubic resampler; a size no larger than the image on either side is made by that resampler
    /// alone.
    /// </summary>
    /// <param name="image">8-bit, 16-bit or float; gray or RGB, with or without straight alpha. Never changed.</param>
    /// <param name="target">The wanted size.</param>
    /// <param name="options">Null for <see cref="UpscaleOptions.Default"/>.</param>
    /// <param name="progress">Told the share done, 0 to 1, from the working threads.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A new image with the input's colour model and sample type. Float results are not clipped, but alpha is, to 0 to 1. In alpha and for networks NaN counts as 0, infinity as 1 and negative infinity as 0; other methods spread them as far as their kernel reaches.</returns>
    /// <exception cref="UpscalingException">The size is larger than any that the method makes, or the network can't take such an image or needs more memory than it was allowed.</exception>
    /// <exception cref="ObjectDisposedException">The method was disposed.</exception>
    /// <exception cref="NotSupportedException">The result has more samples than one buffer can hold, 2^31 - 57; <see cref="UpscaleRows"/> knows no such bound. With self-ensemble and methods of others, also: what is reduced to it has.</exception>
    public ImageBuffer Upscale(
        ImageBuffer image, TargetSize target, UpscaleOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (width, height) = target.For(image.Width, image.Height);
        var plan = Plan(image.Width, image.Height, width, height, options ?? UpscaleOptions.Default);
        var result = (long)plan.MethodWidth * plan.MethodHeight * 3 > MostSamplesBetween && RowPipeline.For(Method, plan) is { } pipeline
            ? EnlargeInStrips(image, plan, pipeline, progress, cancellationToken)
            : Enlarge(image, plan, methodBudget: null, progress, cancellationToken);
        progress?.Report(1);
        return result;
    }

    /// <summary>
    /// Brings an image to a size from rows to rows, with the same bits as <see cref="Upscale(ImageBuffer, TargetSize, UpscaleOptions, IProgress{double}, CancellationToken)"/>
    /// and a few strips in memory. Of an image with alpha the input is held too. Self-ensemble, and methods of others than
    /// SuperRes, need the whole input and the whole result in memory: <see cref="EstimateMemory"/> tells.
    /// </summary>
    /// <param name="source">The image; its rows are read in order, from changing threads.</param>
    /// <param name="sink">Takes the result's rows in order, from changing threads, in the input's colour model and sample type.</param>
    /// <param name="target">The wanted size; <see cref="TargetSize.For"/> tells what it is in pixels.</param>
    /// <param name="options">Null for <see cref="UpscaleOptions.Default"/>.</param>
    /// <param name="progress">Told the share done, 0 to 1, from the working threads.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UpscalingException">The size is larger than any that the method makes, or needs more memory than the options allow.</exception>
    /// <exception cref="NotSupportedException">The whole result must be in memory, and has more samples than one buffer can hold.</exception>
    /// <exception cref="InvalidOperationException">The source ended early, or gave rows of another width, colour model or sample type than it declares, or more than asked for.</exception>
    public void UpscaleRows(
        IImageRowSource source, IImageRowSink sink, TargetSize target, UpscaleOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        source = new CheckedRowSource(source);
        var (width, height) = target.For(source.Width, source.Height);
        options ??= UpscaleOptions.Default;
        var plan = Plan(source.Width, source.Height, width, height, options);
        var budget = new MemoryEstimate(Method, plan, source.Width, source.Height, source.Color, source.SampleType).ForMethod(options.MemoryBudget);
        if (RowPipeline.For(Method, plan, budget) is { } pipeline)
        {
            pipeline.Run(source, sink, progress, cancellationToken);
        }
        else
        {
            var result = new BufferRowSource(Enlarge(BufferRowSource.ReadAll(source, cancellationToken), plan, budget, progress, cancellationToken));
            while (result.Read(EngineRowSink.StripRows) is { } rows)
            {
                sink.Write(rows);
            }
        }

        progress?.Report(1);
    }

    /// <summary>About how many bytes <see cref="UpscaleRows"/> holds at least while it works: source, sink and the method's weights apart.</summary>
    /// <param name="width">Width of the image in pixels.</param>
    /// <param name="height">Height of the image in pixels.</param>
    /// <param name="color">Colour model of the image.</param>
    /// <param name="sampleType">Sample type of the image.</param>
    /// <param name="target">The wanted size.</param>
    /// <param name="options">Null for <see cref="UpscaleOptions.Default"/>.</param>
    /// <exception cref="UpscalingException">The size is larger than any that the method makes.</exception>
    public long EstimateMemory(int width, int height, ColorModel color, SampleType sampleType, TargetSize target, UpscaleOptions? options = null)
    {
        var (toWidth, toHeight) = target.For(width, height);
        var plan = Plan(width, height, toWidth, toHeight, options ?? UpscaleOptions.Default);
        return new MemoryEstimate(Method, plan, width, height, color, sampleType).Bytes;
    }

    /// <summary><see cref="Upscale(ImageBuffer, TargetSize, UpscaleOptions, IProgress{double}, CancellationToken)"/> on the thread pool.</summary>
    /// <inheritdoc cref="Upscale(ImageBuffer, TargetSize, UpscaleOptions, IProgress{double}, CancellationToken)"/>
    public Task<ImageBuffer> UpscaleAsync(
        ImageBuffer image, TargetSize target, UpscaleOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Upscale(image, target, options, progress, cancellationToken), cancellationToken);

    /// <summary><see cref="Upscale(ImageBuffer, double, UpscaleOptions, IProgress{double}, CancellationToken)"/> on the thread pool.</summary>
    /// <inheritdoc cref="Upscale(ImageBuffer, double, UpscaleOptions, IProgress{double}, CancellationToken)"/>
    public Task<ImageBuffer> UpscaleAsync(
        ImageBuffer image, double scale, UpscaleOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        UpscaleAsync(image, TargetSize.FromScale(scale), options, progress, cancellationToken);

    /// <summary>
    /// Disposes the method if the upscaler owns it, as one that it loaded. Work that is still going on, as after a task that was not waited for,
    /// ends as it would or with <see cref="ObjectDisposedException"/>; what it uses is freed after it.
    /// </summary>
    public void Dispose()
    {
        if (_ownsMethod)
        {
            Method.Dispose();
        }
    }

    /// <summary>What a method makes before it is reduced is held where it has no more samples; where it has, it passes in strips.</summary>
    internal long MostSamplesBetween { get; init; } = Array.MaxLength;

    /// <summary>Threads to use at most; a method of others than SuperRes does not say.</summary>
    private int Threads => (Method as IRowwiseMethod)?.Threads ?? 0;

    private SizePlan Plan(int fromWidth, int fromHeight, int width, int height, UpscaleOptions options)
    {
        // The classical methods treat all directions alike.
        var ensemble = options.SelfEnsemble && Method is not ClassicalMethod;
        if (Method.Scales.Count == 0)
        {
            return new SizePlan(width, height, width, height, ensemble);
        }

        if (width <= fromWidth && height <= fromHeight)
        {
            return new SizePlan(fromWidth, fromHeight, width, height, SelfEnsemble: false) { SkipsMethod = true };
        }

        foreach (var scale in Method.Scales)
        {
            if ((long)fromWidth * scale >= width && (long)fromHeight * scale >= height)
            {
                return (long)Math.Max(fromWidth, fromHeight) * scale <= int.MaxValue
                    ? new SizePlan(fromWidth * scale, fromHeight * scale, width, height, ensemble)
                    : throw new UpscalingException($"{Method.Name} would make more than {int.MaxValue} pixels a side of {fromWidth}x{fromHeight}. Enlarge the image in parts.");
            }
        }

        var asked = Math.Max((double)width / fromWidth, (double)height / fromHeight);
        throw new UpscalingException(FormattableString.Invariant(
            $"{Method.Name} enlarges at most {Method.Scales[^1]} times, and {fromWidth}x{fromHeight} to {width}x{height} is {asked:0.##} times. ")
            + "Ask for a smaller size, or use a method that makes any: bicubic, lanczos.");
    }

    private static ImageBuffer EnlargeInStrips(ImageBuffer image, SizePlan plan, RowPipeline pipeline, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var result = new ImageBuffer(plan.Width, plan.Height, image.Color, image.SampleType);
        pipeline.Run(new BufferRowSource(image), new BufferRowSink(result), progress, cancellationToken);
        return result;
    }

    private ImageBuffer Enlarge(ImageBuffer image, SizePlan plan, long? methodBudget, IProgress<double>? progress, CancellationToken cancellationToken) => image.HasAlpha
        ? EnlargeWithAlpha(image, plan, methodBudget, progress, cancellationToken)
        : EnlargeOpaque(image, plan, methodBudget, progress, cancellationToken);

    private ImageBuffer EnlargeWithAlpha(ImageBuffer image, SizePlan plan, long? methodBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // With the colour bled under the transparency, colour and alpha can each be enlarged as if the other were not there.
        var (color, alpha) = ColorChannels.SplitAlpha(image, cancellationToken);
        if (ColorChannels.IsConstant(alpha))
        {
            var sameAlpha = Resize(alpha, plan, ResizeKernel.Nearest, cancellationToken);
            return ColorChannels.JoinAlpha(EnlargeOpaque(color, plan, methodBudget, progress, cancellationToken), sameAlpha, cancellationToken);
        }

        AlphaBleed.Fill(color, alpha, Threads, cancellationToken);
        var largeColor = EnlargeOpaque(color, plan, methodBudget, ProgressShare.Of(progress, 0, 0.5), cancellationToken);
        var largeAlpha = EnlargeOpaque(alpha, plan, methodBudget, ProgressShare.Of(progress, 0.5, 0.5), cancellationToken);
        return ColorChannels.JoinAlpha(largeColor, ColorChannels.Clip(largeAlpha), cancellationToken);
    }

    private ImageBuffer EnlargeOpaque(ImageBuffer image, SizePlan plan, long? methodBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (plan.SkipsMethod)
        {
            return Resize(image, plan, ResizeKernel.Bicubic, cancellationToken);
        }

        var asGrayRgb = image.Color == ColorModel.Gray && !Method.AcceptsGray;
        if (!asGrayRgb && !plan.SelfEnsemble && !plan.Reduces)
        {
            return Method.Upscale(image, plan.Width, plan.Height, progress, cancellationToken);
        }

        // What follows the method works on its unrounded result, so that the samples are rounded once.
        var exact = image.ConvertTo(SampleType.Float32, Threads);
        var input = asGrayRgb ? ColorChannels.Replicate(exact) : exact;
        var large = plan.SelfEnsemble
            ? SelfEnsemble.Run(Method, input, plan.MethodWidth, plan.MethodHeight, methodBudget, Threads, progress, cancellationToken)
            : Method.Upscale(input, plan.MethodWidth, plan.MethodHeight, progress, cancellationToken);
        var result = asGrayRgb ? ColorChannels.Average(large) : large;
        if (plan.Reduces)
        {
            result = Resize(result, plan, ResizeKernel.Bicubic, cancellationToken);
        }

        return result.ConvertTo(image.SampleType, Threads);
    }

    private ImageBuffer Resize(ImageBuffer image, SizePlan plan, ResizeKernel kernel, CancellationToken cancellationToken) =>
        MatlabResize.ToSize(image, plan.Width, plan.Height, new ResizeOptions { Kernel = kernel, MaxThreads = Threads }, cancellationToken);
}
