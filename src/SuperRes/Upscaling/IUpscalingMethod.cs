using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>
/// A way to enlarge pixels: a classical resampler or a network. Alpha, gray images for networks, self-ensemble and
/// sizes that a method does not make itself are the <c>Upscaler</c>'s work, not a method's.
/// Implementations may be called from several threads at once.
/// </summary>
public interface IUpscalingMethod : IDisposable
{
    /// <summary>The name a user types after <c>-m</c>: <c>bicubic</c>, <c>edsr-x4</c>, or a file's name.</summary>
    string Name { get; }

    /// <summary>Trained parameters; 0 for a classical method.</summary>
    long ParameterCount { get; }

    /// <summary>The scales that the method makes itself, ascending; empty when it makes any size.</summary>
    IReadOnlyList<int> Scales { get; }

    /// <summary>Whether gray images may be handed in as they are. Networks trained on RGB say no.</summary>
    bool AcceptsGray => Scales.Count == 0;

    /// <summary>
    /// Enlarges an image without alpha. The result has the input's colour model and sample type; 8- and 16-bit
    /// results are rounded and clipped, float results are not clipped.
    /// </summary>
    /// <param name="image">RGB, or gray where <see cref="AcceptsGray"/>; never changed.</param>
    /// <param name="width">Width of the result in pixels; one of <see cref="Scales"/> times the input's, where those are limited.</param>
    /// <param name="height">Height of the result in pixels; the same multiple.</param>
    /// <param name="progress">Told the share done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The image has alpha, or the size is none the method makes.</exception>
    ImageBuffer Upscale(ImageBuffer image, int width, int height, IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
