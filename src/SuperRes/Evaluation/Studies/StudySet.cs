using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Studies;

/// <summary>Final weights on one set.</summary>
public sealed record StudySet
{
    /// <summary>The set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>Names of the images.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>SHA-256 of each image's file; null in reports of earlier versions, which know images by name only.</summary>
    public IReadOnlyList<string>? ImageHashes { get; init; }

    /// <summary>SHA-256 of each low-resolution image's file; null where they are made from the images, and in reports of earlier versions.</summary>
    public IReadOnlyList<string>? LowResolutionHashes { get; init; }

    /// <summary>The numbers under every protocol.</summary>
    public required IReadOnlyList<StudyScores> Scores { get; init; }

    /// <summary>Overshoot beside strong edges per image, 8-bit levels of luma; see <see cref="PictureMeasures"/>.</summary>
    [JsonConverter(typeof(NumberListConverter))]
    public required double[] Overshoot { get; init; }

    /// <summary>Undershoot beside strong edges per image.</summary>
    [JsonConverter(typeof(NumberListConverter))]
    public required double[] Undershoot { get; init; }

    /// <summary>Error in each band of frequency, the bands one after another.</summary>
    public required IReadOnlyList<StudyBand> Bands { get; init; }

    /// <summary>The numbers under a protocol.</summary>
    public StudyScores By(string protocol) => Scores.First(scores => scores.Protocol == protocol);

    /// <summary>
    /// Whether both were measured on the same images, as far as that is known: by name, and by content where both tell. Then they
    /// also both had low-resolution images of their own or made them, and at one scale the same ones.
    /// </summary>
    internal bool HasImagesOf(StudySet other, bool atOneScale) => Images.SequenceEqual(other.Images)
        && (ImageHashes is null || other.ImageHashes is null || (ImageHashes.SequenceEqual(other.ImageHashes) && HasLowResolutionOf(other, atOneScale)));

    private bool HasLowResolutionOf(StudySet other, bool atOneScale) => LowResolutionHashes is { } own && other.LowResolutionHashes is { } others
        ? !atOneScale || own.SequenceEqual(others)
        : LowResolutionHashes == other.LowResolutionHashes;
}
