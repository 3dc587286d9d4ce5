using SuperRes.Training.Data.Degrading;

namespace SuperRes.Training.Data;

/// <summary>Cuts the batch of any step from the training images: a pure function of the step.</summary>
public sealed class BatchAssembler
{
    private readonly ITrainingImages _images;
    private readonly PatchSampler _sampler;
    private readonly int _count;
    private readonly Func<long, int> _patchAt;
    private readonly Degrader? _degrader;

    /// <summary>An assembler of batches.</summary>
    /// <param name="images">Where patches are cut from.</param>
    /// <param name="sampler">Which patches.</param>
    /// <param name="count">Patches per batch.</param>
    /// <param name="patchAt">Side of the patches at a step, in low-resolution pixels.</param>
    /// <param name="degrader">Makes the low-resolution patches; null to take them from the images.</param>
    public BatchAssembler(ITrainingImages images, PatchSampler sampler, int count, Func<long, int> patchAt, Degrader? degrader = null)
    {
        _degrader = degrader;
        _images = images;
        _sampler = sampler;
        _count = count;
        _patchAt = patchAt;
    }

    /// <summary>The batch of a step.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="reuse">A batch that is no longer needed; its arrays are used again where they fit.</param>
    public TrainingBatch Assemble(long step, TrainingBatch? reuse = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var patch = _patchAt(step);
        var batch = reuse is not null && reuse.Input.Height == patch && reuse.Names.Length == _count ? reuse : Allocate(patch);
        for (var item = 0; item < _count; item++)
        {
            var index = ((step - 1) * _count) + item;
            var sample = _sampler.Sample(index, patch);
            var image = _images.Get(sample.Image);
            batch.Names[item] = image.Name;
            if (_degrader is null)
            {
                PatchCutter.Cut(image.LowResolution ?? throw new InvalidOperationException($"'{image.Name}' has no low-resolution image, and nothing degrades its patches."), sample.X, sample.Y, sample, batch.Input, item);
            }
            else
            {
                PatchCutter.Cut(_degrader.Patch(image.Targets[0], sample.X, sample.Y, patch, index), 0, 0, sample, batch.Input, item);
            }

            for (var output = 0; output < batch.Targets.Count; output++)
            {
                var scale = _images.TargetScales[output];
                PatchCutter.Cut(image.Targets[output], sample.X * scale, sample.Y * scale, sample, batch.Targets[output], item);
            }
        }

        return batch;
    }

    private TrainingBatch Allocate(int patch) => new(
        new FeatureBatch(_count, patch, patch, 3),
        [.. _images.TargetScales.Select(scale => new FeatureBatch(_count, patch * scale, patch * scale, 3))],
        new string[_count]);
}
