using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Figures;
using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies;
using SuperRes.Evaluation.Studies.Reports;
using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Metrics;
using SuperRes.ModelFiles;
using SuperRes.Pixels;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Runs;
using SuperRes.Upscaling;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>
/// Pictures of the first seed: every variant side by side where they differ most (figure 4 of Deviyani and Singh 2022),
/// and attention laid over the same images (figure 6).
/// </summary>
internal sealed class StudyPictures(AblationFolder folder, int threads)
{
    /// <summary>Files of the pictures so far.</summary>
    private readonly HashSet<string> _taken = [];

    /// <summary>Paints the pictures and writes them into <c>figures/</c>; those that are there of the same weights and images stay.</summary>
    public IReadOnlyList<StudyPicture> Write(IReadOnlyList<Cell> cells, CancellationToken cancellationToken)
    {
        var (pictures, painted) = (new List<StudyPicture>(), new PaintedPictures(folder.Root));
        var first = folder.Experiment.Seeds[0];
        foreach (var network in cells.Where(cell => cell.Seed == first && cell.Setting is null && IsThere(cell)).GroupBy(cell => cell.Label))
        {
            var key = Key(network.Key, [.. network]);
            if (painted.Find(key) is not { } shown || shown.Any(picture => _taken.Contains(picture.File)))
            {
                shown = Network(network.Key, [.. network], cancellationToken);
            }

            _taken.UnionWith(shown.Select(picture => picture.File));
            painted.Add(key, shown);
            pictures.AddRange(shown);
        }

        painted.Save();
        return pictures;
    }

    /// <summary>SHA-256 of all that a network's pictures show.</summary>
    private string Key(string label, Cell[] cells)
    {
        string[] parts =
        [
            RunEnvironment.CodeVersion, label, folder.Experiment.Protocol, folder.Experiment.Pictures.ToString(CultureInfo.InvariantCulture),
            folder.TestSets.Deciding.Identity(cells[0].Network.Scale),
            .. cells.Select(cell => $"{cell.Name} {cell.Variant} {FileHash.Sha256(Weights(cell))}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <summary>Whether a run is over and its weights were kept.</summary>
    private bool IsThere(Cell cell) => folder.IsDone(cell.Name) && File.Exists(Weights(cell));

    private string Weights(Cell cell) => Path.Combine(folder.CellPath(cell.Name), RunRecords.FinalModelFile);

    private List<StudyPicture> Network(string label, Cell[] cells, CancellationToken cancellationToken)
    {
        var (set, scale, pictures) = (folder.TestSets.Deciding, cells[0].Network.Scale, new List<StudyPicture>());
        foreach (var figure in Compare(cells, set.Images, scale, cancellationToken))
        {
            var image = figure.Reference.Image;
            var start = Free($"figures/{StudyText.FileName(label)}-{StudyText.FileName(image)}");
            pictures.Add(Save(start + ".png", FigurePainter.Paint(figure), label, $"{label}: {image} of {set.Name}, the original, bicubic and every variant (seed {cells[0].Seed}), where they differ most."));
            var index = set.Images.ImageNames.ToList().IndexOf(image);
            var low = PairPreparation.Prepare(set.Images.Load(index, scale, cancellationToken), scale, cancellationToken).LowResolution.ConvertTo(SampleType.UInt8);
            foreach (var cell in cells.Where(cell => cell.Network.Attention is not null))
            {
                var layers = AttentionMaps.Compute(ModelFile.Load(Weights(cell)), low, cancellationToken: cancellationToken);
                var shown = low.Color == ColorModel.Gray ? ColorChannels.Replicate(low) : low;
                if (AttentionFigure.Paint(shown, layers) is { } painted)
                {
                    pictures.Add(Save(
                        Free($"{start}-{StudyText.FileName(cell.Variant)}") + ".png", painted, label,
                        $"{label}, {cell.Variant}: what the spatial gates multiply {image} by (seed {cell.Seed}). Each map is shown from its own lowest to its highest value."));
                }
            }
        }

        return pictures;
    }

    /// <summary>A file's name that no picture has yet: names that differ in other letters than a file's name has would share one.</summary>
    private string Free(string start)
    {
        var name = start;
        for (var number = 2; !_taken.Add(name + ".png"); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{start}-{number}");
        }

        return name;
    }

    private IReadOnlyList<ComparisonFigure> Compare(Cell[] cells, IEvaluationSet set, int scale, CancellationToken cancellationToken)
    {
        var options = MethodOptions.Default with { Threads = threads };
        var upscalers = new List<Upscaler> { Upscaler.Load("bicubic", options) };
        try
        {
            upscalers.AddRange(cells.Select(cell => Upscaler.From(ModelFile.Load(Weights(cell)), options)));
            var evaluator = new Evaluator(new EvaluationOptions
            {
                Protocol = Protocols.Parse(folder.Experiment.Protocol),
                OtherProtocols = [],
                Scales = [scale],
                FiguresPerSet = folder.Experiment.Pictures,
                Bootstrap = new BootstrapOptions { Resamples = 100 },
            });
            EvaluationModel[] models = [EvaluationModel.From(upscalers[0]), .. cells.Select((cell, i) => EvaluationModel.From(upscalers[i + 1], name: cell.Variant))];
            return evaluator.Run(models, [set], progress: null, cancellationToken).Figures;
        }
        finally
        {
            upscalers.ForEach(upscaler => upscaler.Dispose());
        }
    }

    private StudyPicture Save(string file, ImageBuffer picture, string network, string caption)
    {
        var path = Path.Combine(folder.Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new MemoryStream();
        ImageFile.Write(stream, picture, metadata: null, new ImageWriteOptions { Format = ImageFormat.Png });
        AtomicFile.Write(path, target => target.Write(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return new StudyPicture(file, network, caption);
    }
}
