namespace SuperRes.Training.Data;

/// <summary>The images that patches are cut from. Safe for several threads.</summary>
public interface ITrainingImages
{
    /// <summary>Low-resolution width and height of each image, known without decoding it.</summary>
    IReadOnlyList<(int Width, int Height)> Sizes { get; }

    /// <summary>How many times larger than the low-resolution image each target is; the first is the network's scale.</summary>
    IReadOnlyList<int> TargetScales { get; }

    /// <summary>The decoded image; treat as read-only.</summary>
    TrainingImage Get(int index);
}
