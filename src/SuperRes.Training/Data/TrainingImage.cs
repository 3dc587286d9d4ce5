using SuperRes.Pixels;

namespace SuperRes.Training.Data;

/// <summary>A decoded training image: 8-bit RGB, whole.</summary>
/// <param name="Name">For messages: the file's name.</param>
/// <param name="LowResolution">What the network sees; null where every patch is degraded anew.</param>
/// <param name="Targets">What each of the network's outputs should be, in <see cref="Networks.Graph.Outputs"/>' order; the first is the high-resolution image.</param>
public sealed record TrainingImage(string Name, ImageBuffer? LowResolution, IReadOnlyList<ImageBuffer> Targets)
{
    /// <summary>Bytes that the pixels take.</summary>
    public long Bytes => (LowResolution?.Samples<byte>().Length ?? 0L) + Targets.Sum(target => (long)target.Samples<byte>().Length);
}
