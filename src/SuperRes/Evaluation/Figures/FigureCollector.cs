using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Evaluation.Figures;

/// <summary>Keeps the crops of the images that the models of one data set and scale differ most on.</summary>
internal sealed class FigureCollector(string dataset, string? track, int scale, string protocol, int models, int capacity)
{
    // Twice the width at which pages show it, for screens with two pixels per point.
    private const int OverviewSide = 720;

    private readonly List<(double Disagreement, ComparisonFigure Figure)> _kept = [];

    /// <summary>The kept figures, the most telling first; their files are numbered from <paramref name="firstNumber"/>.</summary>
    public IEnumerable<ComparisonFigure> Figures(int firstNumber) => _kept.Select((entry, index) => entry.Figure with
    {
        Reference = entry.Figure.Reference with { File = FigureFileName.Of(firstNumber + index, dataset, scale, entry.Figure.Reference.Image) },
    });

    /// <summary>Looks at one image's results, and cuts a figure from them if it is among the most telling so far.</summary>
    public void Offer(string name, ImageBuffer reference, ImageBuffer lowResolution, IReadOnlyList<FigureCandidate> candidates)
    {
        // Where all but one failed, there is nothing that they could differ in.
        if (capacity == 0 || candidates.Count < Math.Min(2, models))
        {
            return;
        }

        var (region, disagreement) = RegionFinder.Find(reference, [.. candidates.Select(candidate => candidate.Image)], scale);
        if (_kept.Count == capacity)
        {
            if (disagreement <= _kept[^1].Disagreement)
            {
                return;
            }

            _kept.RemoveAt(_kept.Count - 1);
        }

        // Behind its equals: on a tie the image that came first stays first.
        var position = _kept.FindIndex(entry => entry.Disagreement < disagreement);
        _kept.Insert(position < 0 ? _kept.Count : position, (disagreement, Cut(name, region, reference, lowResolution, candidates)));
    }

    private ComparisonFigure Cut(
        string name, PixelRegion region, ImageBuffer reference, ImageBuffer lowResolution, IReadOnlyList<FigureCandidate> candidates) => new()
        {
            Reference = new FigureReference { Dataset = dataset, Track = track, Scale = scale, Image = name, Region = region, File = "" },
            Protocol = protocol,
            ImageWidth = reference.Width,
            ImageHeight = reference.Height,
            Overview = Overview(reference),
            Original = Crop(reference, region),
            LowResolution = Crop(
                lowResolution,
                new PixelRegion(region.X / scale, region.Y / scale, Math.Max(1, region.Width / scale), Math.Max(1, region.Height / scale))),
            Panels = [.. candidates.Select(candidate => new FigurePanel
            {
                Model = candidate.Model,
                Crop = Crop(candidate.Image, region),
                Psnr = candidate.Score.Psnr,
                Ssim = candidate.Score.Ssim,
            })],
        };

    private static ImageBuffer Crop(ImageBuffer image, PixelRegion region) =>
        image.Crop(region.X, region.Y, region.Width, region.Height).ConvertTo(SampleType.UInt8);

    private static ImageBuffer Overview(ImageBuffer image)
    {
        var factor = Math.Min(1.0, (double)OverviewSide / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(image.Width * factor)), Math.Max(1, (int)Math.Round(image.Height * factor)));
        return (factor < 1 ? MatlabResize.ToSize(image, width, height) : image).ConvertTo(SampleType.UInt8);
    }
}
