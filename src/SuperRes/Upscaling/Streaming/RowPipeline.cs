using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling.Streaming;

/// <summary>What <see cref="Upscaler"/> does to a whole image, done from rows to rows with the same bits.</summary>
internal sealed class RowPipeline
{
    private readonly IRowwiseMethod _method;
    private readonly SizePlan _plan;
    private readonly long? _methodBudget;

    private RowPipeline(IRowwiseMethod method, SizePlan plan, long? methodBudget)
    {
        _method = method;
        _plan = plan;
        _methodBudget = methodBudget;
    }

    /// <summary>The pipeline for a plan; null where the whole image is needed.</summary>
    /// <param name="method">The method.</param>
    /// <param name="plan">The sizes.</param>
    /// <param name="methodBudget">Bytes that each run of the method may hold; null for what suits it best.</param>
    public static RowPipeline? For(IUpscalingMethod method, SizePlan plan, long? methodBudget = null) =>
        method is IRowwiseMethod rowwise && !plan.SelfEnsemble ? new RowPipeline(rowwise, plan, methodBudget) : null;

    public void Run(IImageRowSource source, IImageRowSink sink, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (source.Color is not (ColorModel.GrayAlpha or ColorModel.Rgba))
        {
            RunOpaque(source, sink, progress, cancellationToken);
            return;
        }

        // Colour spreads into holes of any size, so that all of the input must be there.
        var (color, alpha) = ColorChannels.SplitAlpha(BufferRowSource.ReadAll(source, cancellationToken), cancellationToken);
        if (ColorChannels.IsConstant(alpha))
        {
            RunOpaque(new BufferRowSource(color), new ConstantAlphaSink(sink, alpha), progress, cancellationToken);
            return;
        }

        AlphaBleed.Fill(color, alpha, _method.Threads, cancellationToken);
        AlphaJoin.Run(
            sink,
            (colors, stop) => RunOpaque(new BufferRowSource(color), colors, progress, stop),
            (alphas, stop) => RunOpaque(new BufferRowSource(alpha), new ConvertingRowSink(alphas, ColorChannels.Clip), progress: null, stop),
            cancellationToken);
    }

    private void RunOpaque(IImageRowSource source, IImageRowSink sink, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (_plan.SkipsMethod)
        {
            // All of the plain resizers are the same but for the kernel.
            using var bicubic = new ResamplingMethod("bicubic", ResizeKernel.Bicubic, _method.Threads);
            bicubic.UpscaleRows(source, sink, _plan.Width, _plan.Height, _methodBudget, progress, cancellationToken);
            return;
        }

        var asGrayRgb = source.Color == ColorModel.Gray && !_method.AcceptsGray;
        if (!asGrayRgb && !_plan.Reduces)
        {
            _method.UpscaleRows(source, sink, _plan.Width, _plan.Height, _methodBudget, progress, cancellationToken);
            return;
        }

        var type = source.SampleType;
        IImageRowSink last = new ConvertingRowSink(sink, rows => rows.ConvertTo(type, _method.Threads));
        if (_plan.Reduces)
        {
            var options = new ResizeOptions { MaxThreads = _method.Threads };
            last = new ResizingRowSink(
                last, new RowResize(_plan.MethodWidth, _plan.MethodHeight, _plan.Width, _plan.Height, options, cancellationToken), cancellationToken);
        }

        if (asGrayRgb)
        {
            last = new ConvertingRowSink(last, ColorChannels.Average);
        }

        var exact = new ConvertedRowSource(source, replicate: asGrayRgb, _method.Threads);
        _method.UpscaleRows(exact, last, _plan.MethodWidth, _plan.MethodHeight, _methodBudget, progress, cancellationToken);
    }
}
