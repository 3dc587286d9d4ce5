using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models list</c>: the models in the library's folders, then the catalogue.</summary>
internal static class ModelsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "The models that are here and the networks that have a name.") { CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            var (rows, exitCode) = Collect(context);
            if (context.Json)
            {
                context.WriteJson(json => Write(json, rows));
            }
            else
            {
                Write(context.Output, rows);
            }

            return Task.FromResult(exitCode);
        });
    }

    /// <summary>A faulty file in the library's folders is told, and keeps nobody from seeing the others.</summary>
    private static (List<Row> Rows, int ExitCode) Collect(CommandContext context)
    {
        var (rows, exitCode) = (new List<Row>(), ExitCode.Done);
        var here = ModelLibrary.Default.Names;
        foreach (var name in here.Concat(NetworkCatalogue.Entries.Select(entry => entry.Name).Except(here, StringComparer.OrdinalIgnoreCase)))
        {
            try
            {
                var network = NamedNetwork.Find(name);
                rows.Add(new Row(network, new GraphAnalysis(network.Options.BuildGraph())));
            }
            catch (Exception exception) when (exception is CommandException or GraphException)
            {
                context.Error($"superres: {exception.Message}");
                exitCode = ExitCode.SomeFailed;
            }
        }

        return (rows, exitCode);
    }

    private static void Write(TextWriter output, List<Row> rows)
    {
        var width = rows.Max(row => row.Network.Name.Length);
        output.WriteLine($"{"name".PadRight(width)}  parameters  MACs per pixel  weights  sees");
        foreach (var (network, analysis) in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{network.Name.PadRight(width)}  {analysis.TrainableCount,10:N0}  {analysis.MacsPerInputPixel,14:N0}  {(network.Info is null ? "none" : "here"),-7}  {ModelText.Sees(analysis)}"));
        }
    }

    private static void Write(Utf8JsonWriter json, List<Row> rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var (network, analysis) in rows)
        {
            json.WriteStartObject();
            json.WriteString("model", network.Name);
            json.WriteString("summary", network.Summary);
            json.WriteNumber("scale", network.Options.Scale);
            json.WriteBoolean("hasWeights", network.Info is not null);
            json.WriteNumber("parameters", analysis.TrainableCount);
            json.WriteNumber("macsPerPixel", analysis.MacsPerInputPixel);
            json.WriteNumber("receptiveField", analysis.ReceptiveField.Largest);
            json.WriteBoolean("seesWholeImage", analysis.WholeImageNodes.Count > 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Row(NamedNetwork Network, GraphAnalysis Analysis);
}
