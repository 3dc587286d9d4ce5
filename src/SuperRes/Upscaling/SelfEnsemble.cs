using SuperRes.Pixels;
using SuperRes.Upscaling.Streaming;

namespace SuperRes.Upscaling;

/// <summary>The mean of a method's results on the eight flips and quarter turns of an image, turned back.</summary>
internal static class SelfEnsemble
{
    /// <param name="method">The method.</param>
    /// <param name="image">Float, without alpha.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="memoryBudget">Bytes that each run of the method may hold; null for what suits it best.</param>
    /// <param name="maxThreads">For the turns; 0 for one per processor.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellationToken">Looked at between and during the eight runs.</param>
    public static ImageBuffer Run(
        IUpscalingMethod method, ImageBuffer image, int width, int height, long? memoryBudget, int maxThreads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var sum = new ImageBuffer(width, height, image.Color, SampleType.Float32);
        for (var symmetry = 0; symmetry < SquareSymmetry.Count; symmetry++)
        {
            var share = ProgressShare.Of(progress, symmetry / (double)SquareSymmetry.Count, 1.0 / SquareSymmetry.Count);
            var (turnedWidth, turnedHeight) = SquareSymmetry.SwapsSides(symmetry) ? (height, width) : (width, height);
            var turned = SquareSymmetry.Apply(image, symmetry, maxThreads);
            SquareSymmetry.AddTurnedBack(Upscale(method, turned, turnedWidth, turnedHeight, memoryBudget, share, cancellationToken), symmetry, sum, maxThreads);
        }

        var samples = sum.Samples<float>();
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] /= SquareSymmetry.Count;
        }

        return sum;
    }

    private static ImageBuffer Upscale(
        IUpscalingMethod method, ImageBuffer image, int width, int height, long? memoryBudget, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (memoryBudget is null || method is not IRowwiseMethod rowwise)
        {
            return method.Upscale(image, width, height, progress, cancellationToken);
        }

        var result = new ImageBuffer(width, height, image.Color, image.SampleType);
        rowwise.UpscaleRows(new BufferRowSource(image), new BufferRowSink(result), width, height, memoryBudget, progress, cancellationToken);
        return result;
    }
}
