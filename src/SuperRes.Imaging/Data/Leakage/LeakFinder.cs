using SuperRes.Imaging.Data.Batches;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>
/// Finds test images among training images, by what they show: results on an image that was trained on say nothing of others.
/// </summary>
public static class LeakFinder
{
    // Measured on the 108,345 pairs of T91, BSDS200, Set5, Set14, 100 crops of DIV2K and 56 photos: pairs that show the same are at 0.92 or
    // more, others at most at 0.57 as a whole and 0.77 where a part was found. Of crops of 128 to 256 pixels with JPEG of quality 40
    // 1 in 20 is below 0.86 and 1 in 100 below 0.8, resized and compressed copies at 0.90 or more, with a fiftieth of each edge cut off at 0.87.
    private const double LeastSimilarity = 0.8;

    /// <summary>In levels of 255. Below it there is little but noise.</summary>
    private const double LeastContrast = 1;

    /// <summary>Looks for every test image in every training image.</summary>
    /// <param name="training">Data sets that are trained on.</param>
    /// <param name="test">Data sets that are measured on.</param>
    /// <param name="jobs">Images at once; 0 for one per processor.</param>
    /// <param name="progress">Told as each training image is finished; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    public static async Task<LeakReport> FindAsync(
        IReadOnlyList<DatasetFolder> training, IReadOnlyList<DatasetFolder> test, int jobs = 0, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        List<DatasetImage> wanted = Images(test), trained = Images(training);
        var sketched = await ImageBatch.RunAsync(wanted, image => image.Path, PictureSketch.Of, jobs, progress: null, cancellationToken).ConfigureAwait(false);
        PictureSketch[] sketches = [.. sketched.Select(item => item.Result).OfType<PictureSketch>()];
        var searched = await ImageBatch.RunAsync(
            trained, image => image.Path, (image, token) => Find(PictureSketch.Of(image, token), sketches, token), jobs, progress, cancellationToken).ConfigureAwait(false);
        return new LeakReport(
            searched.Count(item => item.Result is not null),
            sketches.Length,
            [.. searched.SelectMany(item => item.Result ?? []).OrderBy(leak => wanted.FindIndex(image => image.Path == leak.Test))],
            [.. sketches.Where(IsVague).Select(sketch => sketch.Path)],
            [.. sketched.Select(item => item.Failure).Concat(searched.Select(item => item.Failure)).OfType<BatchFailure>()]);
    }

    private static List<DatasetImage> Images(IEnumerable<DatasetFolder> sets) => [.. sets.SelectMany(set => set.Images).DistinctBy(image => image.Path)];

    private static IReadOnlyList<Leak> Find(PictureSketch trained, PictureSketch[] wanted, CancellationToken cancellationToken)
    {
        var leaks = new List<Leak>();
        foreach (var test in wanted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Compare(trained, test) is var (kind, similarity))
            {
                leaks.Add(new Leak(trained.Path, test.Path, kind, similarity));
            }
        }

        return leaks;
    }

    private static (LeakKind Kind, double Similarity)? Compare(PictureSketch trained, PictureSketch test)
    {
        if (trained.PixelHash == test.PixelHash)
        {
            return (LeakKind.SamePixels, 1);
        }

        if (trained.Whole.Contrast >= LeastContrast && test.Whole.Contrast >= LeastContrast && trained.Whole.SimilarityTo(test.Whole) is >= LeastSimilarity and var whole)
        {
            return (LeakKind.SamePicture, whole);
        }

        var part = Math.Max(PartSimilarity(trained.Detail, test.Detail), PartSimilarity(test.Detail, trained.Detail));
        return part >= LeastSimilarity ? (LeakKind.Part, part) : null;
    }

    /// <summary>How alike a picture and another one are where the other one's part was found in it.</summary>
    private static double PartSimilarity(PictureDetail? picture, PictureDetail? other) =>
        picture is null || other is null || other.Part.Contrast < LeastContrast ? -1 : picture.SimilarityTo(other);

    private static bool IsVague(PictureSketch sketch) => sketch.Whole.Contrast < LeastContrast && (sketch.Detail?.Part.Contrast ?? 0) < LeastContrast;
}
