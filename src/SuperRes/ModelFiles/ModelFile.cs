using System.Globalization;
using System.Text.Json;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;

namespace SuperRes.ModelFiles;

/// <summary>
/// Reads and writes model files: safetensors whose metadata holds the network's options and what is known of the
/// weights, so that one file is all one needs. <c>docs/model-format.md</c> describes them.
/// </summary>
public static class ModelFile
{
    /// <summary>What model files end in.</summary>
    public const string Extension = ".safetensors";

    private const int FormatVersion = 1;
    private const string FormatKey = "superres.format";
    private const string NetworkKey = "superres.network";
    private const string InfoKey = "superres.info";

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">
    /// The file can't be read, is malformed, or holds other weights than the network it describes has; the message lists the
    /// first 20 differences in names, shapes and finiteness, and counts the rest.
    /// </exception>
    public static Model Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ToModel(SafetensorsReader.Read(path), path);
    }

    /// <summary>Reads a model from a stream's position to its end. The stream stays open.</summary>
    /// <param name="stream">Readable; need not seek.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static Model Load(Stream stream, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ToModel(SafetensorsReader.Read(stream, name), name);
    }

    /// <summary>Reads what a file says of its network and weights, without reading the weights.</summary>
    /// <exception cref="ModelFileException">The file can't be read, is malformed, or names other tensors or shapes than the network it describes has.</exception>
    public static (NetworkOptions Options, ModelInfo Info) Describe(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var header = SafetensorsReader.ReadHeader(path);
        var described = Describe(header, path);
        try
        {
            Model.ThrowIfDifferent(
                described.Options,
                Weights.ShapeDifferences(described.Options.BuildGraph(), header.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape, StringComparer.Ordinal)));
            return described;
        }
        catch (GraphException exception)
        {
            throw Contradiction(path, exception);
        }
    }

    /// <summary>
    /// Writes a model, over a file that is there; a reader sees the old file or the whole new one. The same model gives
    /// the same bytes.
    /// </summary>
    /// <param name="model">What to write.</param>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="precision">
    /// <see cref="WeightPrecision.Float32"/> reads back bit for bit. <see cref="WeightPrecision.Float16"/> halves the file;
    /// batch norm's statistics, and tensors with a value beyond 65504, stay float32.
    /// </param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="ArgumentException">A score is not finite, which JSON can't say.</exception>
    /// <exception cref="GraphException">The weights no longer fit the network: training left values that are not finite.</exception>
    public static void Save(Model model, string path, WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => Save(model, stream, precision));
    }

    /// <summary>Writes a model to a stream and leaves it open.</summary>
    /// <inheritdoc cref="Save(Model, string, WeightPrecision)"/>
    public static void Save(Model model, Stream stream, WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        if (precision is not (WeightPrecision.Float32 or WeightPrecision.Float16))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "Weights are written as float32 or float16.");
        }

        if (model.Info.Scores?.FirstOrDefault(score => !double.IsFinite(score.Psnr) || !double.IsFinite(score.Ssim)) is { } endless)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The score on {endless.DataSet} x{endless.Scale} is PSNR {endless.Psnr}, SSIM {endless.Ssim}, and a model file holds finite numbers. Leave it out."),
                nameof(model));
        }

        model.ThrowIfWeightsDiffer();
        var info = model.Info with { Precision = precision };
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = FormatVersion.ToString(CultureInfo.InvariantCulture),
            [NetworkKey] = model.Options.ToJson(),
            [InfoKey] = JsonSerializer.Serialize(info, ModelFileJsonContext.Default.ModelInfo),
        };
        var tensors = model.Graph.Parameters.Select(parameter =>
            (parameter.Name, model.Weights[parameter.Name], StoredAs(parameter, model.Weights[parameter], precision)));
        SafetensorsWriter.Write(stream, tensors, metadata);
    }

    private static WeightPrecision StoredAs(Parameter parameter, float[] values, WeightPrecision precision) =>
        precision == WeightPrecision.Float16 && parameter.Trainable && Array.TrueForAll(values, value => Half.IsFinite((Half)value))
            ? WeightPrecision.Float16
            : WeightPrecision.Float32;

    private static Model ToModel(SafetensorsFile file, string name)
    {
        var (options, info) = Describe(file.Header, name);
        try
        {
            return new Model(options, new Weights(file.Tensors), info);
        }
        catch (GraphException exception)
        {
            throw Contradiction(name, exception);
        }
    }

    private static ModelFileException Contradiction(string name, GraphException exception) =>
        new($"'{SafetensorsFormat.Escape(name)}' contradicts itself. {SafetensorsFormat.Escape(exception.Message)}", exception);

    /// <summary>Without what a terminal would act on.</summary>
    private static ModelInfo Printable(ModelInfo info) => info with
    {
        Name = Printable(info.Name),
        DataLicence = Printable(info.DataLicence),
        Training = info.Training is not { } training ? null : training with
        {
            Recipe = Printable(training.Recipe)!,
            RecipeHash = Printable(training.RecipeHash)!,
            Data = [.. training.Data.Select(set => Printable(set)!)],
            CodeVersion = Printable(training.CodeVersion)!,
            Initial = Printable(training.Initial),
        },
        Blend = info.Blend is not { } blend ? null : blend with { First = Printable(blend.First)!, Second = Printable(blend.Second)! },
        Scores = info.Scores?.Select(score => score with { DataSet = Printable(score.DataSet)!, Protocol = Printable(score.Protocol)! }).ToList(),
    };

    private static string? Printable(string? text) => text is null ? null : SafetensorsFormat.Escape(text);

    private static (NetworkOptions Options, ModelInfo Info) Describe(SafetensorsHeader header, string name)
    {
        var quoted = $"'{SafetensorsFormat.Escape(name)}'";
        if (!header.Metadata.TryGetValue(NetworkKey, out var network))
        {
            throw new ModelFileException(
                $"{quoted} holds tensors and no description of a network ('{NetworkKey}'), so it is no SuperRes model. Models are written by superres train and superres models init.");
        }

        var version = header.Metadata.GetValueOrDefault(FormatKey);
        if (version != FormatVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new ModelFileException(
                $"{quoted} has format {SafetensorsFormat.Quote(version ?? "none")}, and this version of SuperRes reads format {FormatVersion}. Update SuperRes.");
        }

        var options = Parse($"{quoted} describes its network in a way that can't be read", () => NetworkOptions.FromJson(network));
        var info = Parse($"{quoted} tells of its weights ('{InfoKey}') in a way that can't be read", () => InfoOf(header.Metadata.GetValueOrDefault(InfoKey, "{}")));
        return (options, Printable(info) with { Precision = header.Entries.Select(entry => entry.Type).DefaultIfEmpty().Max() });
    }

    private static ModelInfo InfoOf(string json)
    {
        var info = StrictJson.Parse(json).Deserialize(ModelFileJsonContext.Default.ModelInfo) ?? new ModelInfo();
        return info.Scores?.Contains(null!) == true || info.Training?.Data.Contains(null!) == true
            ? throw new JsonException("a score or a training set is null.")
            : info;
    }

    private static T Parse<T>(string fault, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (JsonException exception)
        {
            var reason = exception.Path is { Length: > 2 } path ? $"'{path[2..]}' is of another kind than expected." : exception.Message;
            throw new ModelFileException($"{fault}: {SafetensorsFormat.Escape(reason)}", exception);
        }
    }
}
