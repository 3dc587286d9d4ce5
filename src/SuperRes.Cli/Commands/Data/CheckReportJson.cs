using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data.Checking;

namespace SuperRes.Cli.Commands.Data;

/// <summary>The JSON document of <c>superres data check</c>.</summary>
internal static class CheckReportJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<DatasetReport> reports)
    {
        json.WriteStartObject();
        json.WriteNumber("problems", reports.Sum(report => report.Problems));
        json.WriteStartArray("datasets");
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteString("name", report.Name);
            json.WriteString("folder", report.Folder);
            json.WriteNumber("images", report.Images);
            json.WriteNumber("problems", report.Problems);
            WriteTracks(json, report.Tracks);
            WriteFindings(json, report.Findings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTracks(Utf8JsonWriter json, IReadOnlyList<TrackReport> tracks)
    {
        json.WriteStartArray("tracks");
        foreach (var track in tracks)
        {
            json.WriteStartObject();
            json.WriteString("track", track.Track);
            json.WriteNumber("scale", track.Scale);
            json.WriteString("folder", track.Folder);
            json.WriteString("summary", track.Summary);
            json.WriteStartArray("pairs");
            foreach (var pair in track.Pairs)
            {
                json.WriteStartObject();
                json.WriteString("name", pair.Name);
                json.WriteString("origin", JsonNamingPolicy.CamelCase.ConvertName(pair.Origin.ToString()));
                json.WriteNumber("differingShare", pair.DifferingShare);
                json.WriteNumber("largestDifference", pair.LargestDifference);
                JsonOutput.WriteReal(json, "psnr", pair.Psnr);
                json.WriteString("closest", pair.Closest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<DatasetFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
            json.WriteBoolean("isProblem", finding.IsProblem);
            json.WriteString("message", finding.Message);
            json.WriteStartArray("files");
            foreach (var file in finding.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
