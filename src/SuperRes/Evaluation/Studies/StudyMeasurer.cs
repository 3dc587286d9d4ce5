using SuperRes.Evaluation.Figures;
using SuperRes.Metrics;
using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation.Studies;

/// <summary>Measures a method on a set with every protocol, and what can be seen in its pictures.</summary>
internal static class StudyMeasurer
{
    /// <summary>Measures every image.</summary>
    /// <param name="upscaler">The method.</param>
    /// <param name="images">The images.</param>
    /// <param name="name">What the report calls the set.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InvalidDataException">An image can't be measured; a study has no holes.</exception>
    public static StudySet Measure(Upscaler upscaler, IEvaluationSet images, string name, int scale, CancellationToken cancellationToken)
    {
        var scores = new List<QualityScore[]>();
        var pictures = new List<PictureMeasures>();
        for (var index = 0; index < images.ImageNames.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var (reference, low) = PairPreparation.Prepare(images.Load(index, scale, cancellationToken), scale, cancellationToken);
                var result = upscaler.Upscale(low, TargetSize.FromPixels(reference.Width, reference.Height), cancellationToken: cancellationToken);
                scores.Add([.. Protocols.All.Select(protocol => protocol.Measure(result, reference, scale))]);
                pictures.Add(Picture(result, reference, scale));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidDataException($"'{images.ImageNames[index]}' of {name} can't be measured: {FailureText.Of(exception)}", exception);
            }
        }

        return new StudySet
        {
            Dataset = name,
            Images = images.ImageNames,
            Scores = [.. Protocols.All.Select((protocol, i) => new StudyScores(
                protocol.Name, [.. scores.Select(score => Math.Round(score[i].Psnr, 4))], [.. scores.Select(score => Math.Round(score[i].Ssim, 6))]))],
            Overshoot = [.. pictures.Select(picture => picture.Overshoot)],
            Undershoot = [.. pictures.Select(picture => picture.Undershoot)],
            Bands = [.. Enumerable.Range(0, FrequencyBands.Count).Select(band => new StudyBand([.. pictures.Select(picture => picture.BandErrors[band])]))],
        };
    }

    /// <summary>Judges the 8-bit picture, which is what a person sees, by its luma, without a border as wide as the scale.</summary>
    public static PictureMeasures Picture(ImageBuffer result, ImageBuffer reference, int scale)
    {
        var made = LumaPlane.Of(result.ConvertTo(SampleType.UInt8));
        var wanted = LumaPlane.Of(reference.ConvertTo(SampleType.UInt8));
        var (over, under) = EdgeOvershoot.Measure(made, wanted, reference.Width, radius: scale, shave: scale);
        var bands = FrequencyBands.Measure(made, wanted, reference.Width, shave: scale);
        return new PictureMeasures(Math.Round(over, 5), Math.Round(under, 5), [.. bands.Select(band => Math.Round(band, 5))]);
    }
}
