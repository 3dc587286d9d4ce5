using System.Text.Json;
using SuperRes.Evaluation.Studies;
using SuperRes.Training.Ablation.Running;
using SuperRes.Upscaling;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>The rows without training that stand above an experiment's tables, kept in <c>baselines.json</c>.</summary>
internal sealed class StudyBaselines(AblationFolder folder, int threads)
{
    /// <summary>The row that stands above every table of the field, and the paper's own.</summary>
    private static readonly string[] Methods = ["bicubic", "sharpen"];

    private string FilePath => Path.Combine(folder.Root, "baselines.json");

    /// <summary>Every method at every scale; measured is what was not measured yet, or on other images.</summary>
    /// <exception cref="InvalidDataException">An image can't be measured.</exception>
    public IReadOnlyList<StudyBaseline> Measure(IEnumerable<int> scales, CancellationToken cancellationToken)
    {
        StudyBaseline[] known = [.. Known().Where(baseline => folder.TestSets.Cover(baseline.Sets, baseline.Scale))];
        StudyBaseline[] wanted =
        [
            .. from scale in scales
               from method in Methods
               select known.FirstOrDefault(baseline => (baseline.Method, baseline.Scale) == (method, scale)) ?? Measure(method, scale),
        ];
        if (wanted.Except(known).Any())
        {
            AblationFolder.Write(FilePath, JsonSerializer.Serialize([.. wanted, .. known.Except(wanted)], StudyJsonContext.Default.ListStudyBaseline));
        }

        return [.. wanted.Select(baseline => baseline with { Sets = folder.TestSets.Of(baseline.Sets, baseline.Scale) })];

        // What is damaged is measured again.
        List<StudyBaseline> Known()
        {
            try
            {
                return File.Exists(FilePath) ? JsonSerializer.Deserialize(File.ReadAllText(FilePath), StudyJsonContext.Default.ListStudyBaseline) ?? [] : [];
            }
            catch (JsonException)
            {
                return [];
            }
        }

        StudyBaseline Measure(string method, int scale)
        {
            using var upscaler = new Upscaler(UpscalingMethods.Load(method, MethodOptions.Default with { Threads = threads }));
            return new StudyBaseline(method, scale, [.. folder.TestSets.All.Select(set => set.Measure(scale, (images, name) => StudyMeasurer.Measure(upscaler, images, name, scale, cancellationToken)))]);
        }
    }
}
