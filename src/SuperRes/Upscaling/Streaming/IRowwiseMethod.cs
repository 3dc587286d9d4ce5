using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>A method that can work from rows to rows. The result is bit for bit that of <see cref="IUpscalingMethod.Upscale"/>.</summary>
internal interface IRowwiseMethod : IUpscalingMethod
{
    /// <summary>Threads to use at most, also for what <see cref="Upscaler"/> does beside the method; 0 for one per processor.</summary>
    int Threads { get; }

    /// <summary>Enlarges an image without alpha.</summary>
    /// <param name="source">Gray or RGB. Its rows are as many and as wide as it says: see <see cref="CheckedRowSource"/>.</param>
    /// <param name="sink">Takes the result's rows, in the same colour model and sample type.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="memoryBudget">Bytes to hold at most, source and sink apart; null for what suits the work best.</param>
    /// <param name="progress">Told the share done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="IUpscalingMethod.Upscale" path="/exception"/>
    void UpscaleRows(
        IImageRowSource source, IImageRowSink sink, int width, int height, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>The least bytes held while an image of a size is worked on, source and sink apart.</summary>
    /// <param name="fromWidth">Width of the image in pixels.</param>
    /// <param name="fromHeight">Height of the image in pixels.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="color">Gray or RGB.</param>
    /// <param name="sampleType">Sample type of the image.</param>
    long MemoryFor(int fromWidth, int fromHeight, int width, int height, ColorModel color, SampleType sampleType);
}
