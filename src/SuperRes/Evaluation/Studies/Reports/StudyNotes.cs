
namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>How a study's numbers are defined.</summary>
internal static class StudyNotes
{
    public static IEnumerable<StudyBlock> Of(StudyReport report)
    {
        yield return new StudyBlock.Heading("What the numbers mean");
        yield return new StudyBlock.Bullets(
        [
            "Difference over seeds: the two runs of a seed give one difference of the set's means; mean, Student's t interval and seed noise (standard deviation) are over those.",
            "Over seeds and images: seeds and images are both drawn by chance (two-way crossed random effects, Satterthwaite's degrees of freedom; a variance that is estimated below zero counts as none). This interval is about other seeds and other images of the kind.",
            "Below five seeds nothing is called significant.",
            FormattableString.Invariant($"Bright and dark lines: around each pixel lies a window that reaches as far as the scale each way. Where the original spans at least {EdgeOvershoot.StrongEdge:0} of 255 levels in it, the result's excess over the window's highest value (bright) or below its lowest (dark) counts; mean over those pixels."),
            FormattableString.Invariant($"Error by band: blocks of {FrequencyBands.Block} x {FrequencyBands.Block} of the error in luma, orthonormal DCT-II, coefficient (u, v) in the band of max(u, v); root of the mean square. The bands' squares add up to the mean squared error."),
            $"Gates: weights before a module's gain. Between images: standard deviation over mean of each channel's weight over the images, mean over channels and modules. Between pixels: the same of a module's spatial weights within an image, without pixels whose window reaches beyond it, mean over images and modules. What looking adds: PSNR of the trained network on {report.Dataset} ({report.Protocol}), minus that of the same weights with each channel's gate held at its mean over the images and each spatial gate at its mean, before the logistic function, over the pixels whose window lies within an image (what the padding does at the border stays). A network that was trained with gates that look is not what it would have become without.",
            .. report.Protocols.Select(card => $"Protocol {card.Name}: {card.Channel}; edges shaved: {card.Shave}."),
            $"Made with SuperRes {report.Version}.",
        ]);
    }
}
