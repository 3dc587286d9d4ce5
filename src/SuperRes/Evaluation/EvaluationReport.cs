using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;

namespace SuperRes.Evaluation;

/// <summary>
/// The numbers of an evaluation and all that is needed to make them again. Its JSON is the truth; every other form of a
/// report is written from it.
/// </summary>
/// <remarks>Lists that JSON may leave out take null as empty: compile-time JSON code sets absent properties to null.</remarks>
public sealed record EvaluationReport
{
    /// <summary>The shape of the JSON that this version writes.</summary>
    public const string CurrentSchema = "superres-evaluation/1";

    // Apostrophes and letters of all scripts as they are: a report is a file, never part of a page's markup.
    private static readonly ReportJsonContext Readable = new(
        new JsonSerializerOptions(ReportJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Names the JSON's shape; see <see cref="CurrentSchema"/>.</summary>
    [JsonRequired]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>How the main numbers were measured.</summary>
    public required ProtocolCard Protocol { get; init; }

    /// <summary>How the numbers beside them were measured.</summary>
    public IReadOnlyList<ProtocolCard> OtherProtocols { get; init => field = value ?? []; } = [];

    /// <summary>One entry per data set, scale and model, in this order.</summary>
    public required IReadOnlyList<EvaluationResult> Results { get; init; }

    /// <summary>Every model but the baseline against it, per data set and scale.</summary>
    public IReadOnlyList<ModelComparison> Comparisons { get; init => field = value ?? []; } = [];

    /// <summary>The images shown side by side, and where.</summary>
    public IReadOnlyList<FigureReference> Figures { get; init => field = value ?? []; } = [];

    /// <summary>What a reader has to know, a sentence each: how the models were run, where low-resolution images are a set's own, and each original that was measured otherwise than it is stored.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];

    /// <summary>How the intervals were made: percentile bootstrap of the mean over images.</summary>
    public required BootstrapOptions Bootstrap { get; init; }

    /// <summary>How often every image was made; its time is the median.</summary>
    public required int Repeats { get; init; }

    /// <summary>The machine that the times were taken on.</summary>
    public required EvaluationEnvironment Environment { get; init; }

    /// <summary>Version of SuperRes.</summary>
    public required string Version { get; init; }

    /// <summary>When the evaluation ended, UTC, to the second.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The report as JSON: two spaces of indentation, line feeds, no byte-order mark.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.EvaluationReport);

    /// <summary>Reads a report that <see cref="ToJson"/> wrote; properties added by later versions are ignored.</summary>
    /// <exception cref="InvalidDataException">The text is not such a report; the message says where.</exception>
    public static EvaluationReport FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        EvaluationReport? report;
        try
        {
            report = JsonSerializer.Deserialize(json, ReportJsonContext.Default.EvaluationReport);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"This is not the JSON of an evaluation report: {error.Message}", error);
        }

        return report?.Schema switch
        {
            CurrentSchema => report,
            null => throw new InvalidDataException("This is not the JSON of an evaluation report: it is null."),
            var schema => throw new InvalidDataException($"The report's schema is '{schema}'; this version reads '{CurrentSchema}'. Evaluate again, or use the version that wrote it."),
        };
    }
}
