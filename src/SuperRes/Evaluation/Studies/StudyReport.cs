using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SuperRes.Metrics;

namespace SuperRes.Evaluation.Studies;

/// <summary>
/// What an experiment found, and all that is needed to judge it. Its JSON is the truth; every other form is written from
/// it. All but <see cref="Times"/> and <see cref="Controls"/> comes out again on any machine with the same vector width.
/// </summary>
public sealed record StudyReport
{
    /// <summary>The shape of the JSON that this version writes.</summary>
    public const string CurrentSchema = "superres-study/1";

    private static readonly StudyJsonContext Readable = new(
        new JsonSerializerOptions(StudyJsonContext.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Names the JSON's shape; see <see cref="CurrentSchema"/>.</summary>
    [JsonRequired]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The report's title.</summary>
    public required string Title { get; init; }

    /// <summary>What was kept equal between the variants, in words.</summary>
    public required string Budget { get; init; }

    /// <summary>The training data, in words, with their licence.</summary>
    public required string Data { get; init; }

    /// <summary>The experiment as resolved, of folders and files their own names only; null in reports of earlier versions.</summary>
    public JsonElement? Experiment { get; init; }

    /// <summary>What the networks were trained on: <c>cpu</c>, <c>torch-cpu</c> or <c>cuda:N</c>, with the precision where it is not the default; null in reports of earlier versions.</summary>
    public string? Device { get; init; }

    /// <summary>Level of every interval.</summary>
    public required double Level { get; init; }

    /// <summary>The set that questions are decided on.</summary>
    public required string Dataset { get; init; }

    /// <summary>The protocol that questions are decided by.</summary>
    public required string Protocol { get; init; }

    /// <summary>How every protocol measures.</summary>
    public required IReadOnlyList<ProtocolCard> Protocols { get; init; }

    /// <summary>The answers, in the order asked.</summary>
    public required IReadOnlyList<StudyQuestion> Questions { get; init; }

    /// <summary>Every network in every variant, over its seeds.</summary>
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>Methods without training.</summary>
    public required IReadOnlyList<StudyBaseline> Baselines { get; init; }

    /// <summary>Every run.</summary>
    public required IReadOnlyList<StudyCell> Cells { get; init; }

    /// <summary>Planned runs that are not done: their names.</summary>
    public IReadOnlyList<string> Missing { get; init => field = value ?? []; } = [];

    /// <summary>The controls of cost as they were chosen by time.</summary>
    public IReadOnlyList<StudyControl> Controls { get; init => field = value ?? []; } = [];

    /// <summary>What the runs took.</summary>
    public IReadOnlyList<StudyTime> Times { get; init => field = value ?? []; } = [];

    /// <summary>Pictures beside the report.</summary>
    public IReadOnlyList<StudyPicture> Pictures { get; init => field = value ?? []; } = [];

    /// <summary>Version of SuperRes.</summary>
    public required string Version { get; init; }

    /// <summary>The runs of a network in a variant.</summary>
    public IEnumerable<StudyCell> CellsOf(StudyArm arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        return Cells.Where(cell => cell.Network == arm.Network && cell.Variant == arm.Variant);
    }

    /// <summary>A search's runs by network and variant, each group's longest first and among those the ones that the validation images prefer. Empty in other studies.</summary>
    public IEnumerable<IReadOnlyList<StudyCell>> Trials() => Cells
        .Where(cell => cell.Setting is not null)
        .GroupBy(cell => (cell.Network, cell.Variant))
        .Select(trials => (IReadOnlyList<StudyCell>)
        [
            .. trials.OrderByDescending(trial => trial.Steps)
                .ThenByDescending(trial => trial.Curve.LastOrDefault()?.Psnr ?? double.NegativeInfinity)
                .ThenBy(trial => trial.Name, StringComparer.Ordinal),
        ]);

    /// <summary>The report as JSON: two spaces of indentation, line feeds, no byte-order mark.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.StudyReport);

    /// <summary>Reads a report that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is not such a report; the message says where.</exception>
    public static StudyReport FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, StudyJsonContext.Default.StudyReport) is { Schema: CurrentSchema } report
                ? report
                : throw new InvalidDataException($"This is not a study's report of schema '{CurrentSchema}'. Run the experiment again, or use the version that wrote it.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"This is not the JSON of a study's report: {error.Message}", error);
        }
    }
}
