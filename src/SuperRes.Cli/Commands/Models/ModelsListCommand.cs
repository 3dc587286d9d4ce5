using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models list</c>: the catalogue.</summary>
internal static class ModelsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "The networks that have a name.") { CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            List<Row> rows = [.. NetworkCatalogue.Entries.Select(entry => new Row(entry, new GraphAnalysis(entry.Options.BuildGraph())))];
            if (context.Json)
            {
                context.WriteJson(json => Write(json, rows));
            }
            else
            {
                Write(context.Output, rows);
            }

            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Write(TextWriter output, List<Row> rows)
    {
        var width = rows.Max(row => row.Entry.Name.Length);
        output.WriteLine($"{"name".PadRight(width)}  parameters  MACs per pixel  sees");
        foreach (var (entry, analysis) in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Name.PadRight(width)}  {analysis.TrainableCount,10:N0}  {analysis.MacsPerInputPixel,14:N0}  {ModelText.Sees(analysis)}"));
        }
    }

    private static void Write(Utf8JsonWriter json, List<Row> rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var (entry, analysis) in rows)
        {
            json.WriteStartObject();
            json.WriteString("model", entry.Name);
            json.WriteString("summary", entry.Summary);
            json.WriteNumber("scale", entry.Options.Scale);
            json.WriteNumber("parameters", analysis.TrainableCount);
            json.WriteNumber("macsPerPixel", analysis.MacsPerInputPixel);
            json.WriteNumber("receptiveField", analysis.ReceptiveField.Largest);
            json.WriteBoolean("seesWholeImage", analysis.WholeImageNodes.Count > 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Row(CatalogueEntry Entry, GraphAnalysis Analysis);
}
