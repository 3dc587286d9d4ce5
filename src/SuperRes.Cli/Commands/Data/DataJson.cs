using System.Text.Json;
using SuperRes.Imaging.Data.Batches;

namespace SuperRes.Cli.Commands.Data;

/// <summary>Parts of JSON documents that several commands write.</summary>
internal static class DataJson
{
    public static void WriteFailures(Utf8JsonWriter json, IReadOnlyList<BatchFailure> failures)
    {
        json.WriteStartArray("failures");
        foreach (var failure in failures)
        {
            json.WriteStartObject();
            json.WriteString("file", failure.Path);
            json.WriteString("error", failure.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
