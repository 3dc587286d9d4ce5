using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models;

/// <summary>What <c>models show</c> tells of a network at one size of its input.</summary>
internal sealed class ModelDescription(NamedNetwork network, Graph graph, GraphAnalysis analysis, ImageSize size)
{
    private readonly IReadOnlyList<FeatureShape> _shapes = graph.InferShapes(size.Height, size.Width);
    private readonly long _macs = analysis.Macs(size.Height, size.Width);
    private readonly long _plainBytes = analysis.PlainActivationBytes(size.Height, size.Width);
    private readonly EngineMemory? _engine = EngineMemory.Plan(graph, size);

    public void WriteTo(TextWriter output)
    {
        output.WriteLine(network.Summary is null ? network.Name : $"{network.Name}: {network.Summary}");
        output.WriteLine();
        output.WriteLine($"options          {network.Options.ToJson()}");
        output.WriteLine($"weights          {Weights()}");
        output.WriteLine(Line($"parameters       {analysis.TrainableCount:N0}{(analysis.StatisticsCount > 0 ? Line($", and {analysis.StatisticsCount:N0} statistics of batch norm") : "")}"));
        output.WriteLine(Line($"work             {analysis.MacsPerInputPixel:N0} multiply-accumulates per pixel of the input; {_macs / 1e9:0.0} G at {size}"));
        output.WriteLine($"feature maps     {Memory()}; {Megabytes(_plainBytes)} if every layer wrote its own");
        output.WriteLine($"receptive field  {analysis.ReceptiveField}");
        output.WriteLine($"whole image      {WholeImage()}");
        output.WriteLine($"input            3 channels, {ModelText.InputSizes(analysis)}");
        output.WriteLine($"outputs          {string.Join(", ", graph.Outputs.Select(pair => $"{pair.Key} {_shapes[pair.Value.Index]}"))}");
        output.WriteLine();
        output.Write(GraphTable.Render(graph, size.Height, size.Width));
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", network.Name);
        json.WriteString("summary", network.Summary);
        json.WriteBoolean("hasWeights", network.Info is not null);
        json.WriteBoolean("trained", network.Info is { Training: not null } or { Blend: not null });
        json.WriteString("dataLicence", network.Info?.DataLicence);
        json.WritePropertyName("options");
        json.WriteRawValue(network.Options.ToJson());
        json.WriteNumber("scale", network.Options.Scale);
        json.WriteNumber("parameters", analysis.TrainableCount);
        json.WriteNumber("statistics", analysis.StatisticsCount);
        json.WriteNumber("macsPerPixel", analysis.MacsPerInputPixel);
        json.WriteNumber("width", size.Width);
        json.WriteNumber("height", size.Height);
        json.WriteNumber("macs", _macs);
        json.WriteNumber("plainActivationBytes", _plainBytes);
        WriteNumberOrNull(json, "engineActivationBytes", _engine?.MapBytes);
        WriteNumberOrNull(json, "engineScratchBytesPerThread", _engine?.ScratchBytesPerThread);
        WriteReach(json);
        WriteLayers(json);
        json.WriteEndObject();
    }

    private void WriteReach(Utf8JsonWriter json)
    {
        var field = analysis.ReceptiveField;
        json.WriteStartObject("receptiveField");
        json.WriteNumber("top", field.Top);
        json.WriteNumber("bottom", field.Bottom);
        json.WriteNumber("left", field.Left);
        json.WriteNumber("right", field.Right);
        json.WriteNumber("alignment", field.Alignment);
        json.WriteEndObject();
        WriteNames(json, "wholeImage", analysis.WholeImageNodes.Select(node => node.Name));
        json.WriteStartObject("input");
        json.WriteBoolean("fixedSize", analysis.HasFixedSize);
        json.WriteNumber("minimumWidth", analysis.MinimumWidth);
        json.WriteNumber("minimumHeight", analysis.MinimumHeight);
        json.WriteEndObject();
        WriteNames(json, "outputs", graph.Outputs.Select(pair => pair.Key));
    }

    private void WriteLayers(Utf8JsonWriter json)
    {
        json.WriteStartArray("layers");
        foreach (var node in graph.Nodes)
        {
            var shape = _shapes[node.Index];
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("operation", node.Operation.Kind);
            WriteNames(json, "inputs", node.Inputs.Select(input => input.Name));
            json.WriteNumber("channels", shape.Channels);
            json.WriteNumber("height", shape.Height);
            json.WriteNumber("width", shape.Width);
            WriteNames(json, "parameters", node.Operation.Parameters.Select(parameter => parameter.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, long? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value.Value);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private string Weights() => network.Info switch
    {
        null => "none here: bench and models export use random ones",
        { Training: { } training } info => $"trained {training.Steps} steps by recipe {training.Recipe} on {string.Join(", ", training.Data)}; data licence {info.DataLicence ?? "not stated"}",
        { Blend: { } blend } info => Line($"{1 - blend.Share:0.##} of {blend.First} and {blend.Share:0.##} of {blend.Second}; data licence {info.DataLicence ?? "not stated"}"),
        { InitialSeed: { } seed } => $"random, of seed {seed}",
        _ => "of unknown origin",
    };

    private string Memory() => _engine is null
        ? $"the engine has no plan of this network yet (at {size})"
        : $"{Megabytes(_engine.MapBytes)} at {size} and {Megabytes(_engine.ScratchBytesPerThread)} per thread in the engine's plan";

    private static string Megabytes(long bytes) => Line($"{bytes / 1e6:0.0} MB");

    private string WholeImage() => analysis.WholeImageNodes.Count == 0
        ? "no operation sees it: tiles and rows give the same result"
        : $"seen by {analysis.WholeImageNodes.Count} operations ({string.Join(", ", analysis.WholeImageNodes.Select(node => node.Operation.Kind).Distinct())})";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
