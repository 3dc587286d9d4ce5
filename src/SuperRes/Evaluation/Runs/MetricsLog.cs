using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SuperRes.ModelFiles;

namespace SuperRes.Evaluation.Runs;

/// <summary>A file of one JSON record per line. A resumed run goes on after the records up to its checkpoint.</summary>
internal sealed class MetricsLog<T>(string path, JsonTypeInfo<T> type, Func<T, long> step)
{
    /// <summary>All records; a line that a kill left unfinished is left out.</summary>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var reader = new StreamReader(AtomicFile.OpenRead(path));
        var records = new List<T>();
        while (reader.ReadLine() is { } line)
        {
            try
            {
                records.Add(JsonSerializer.Deserialize(line, type)!);
            }
            catch (JsonException)
            {
                break;
            }
        }

        return records;
    }

    public void Append(T record) => File.AppendAllText(path, JsonSerializer.Serialize(record, type) + "\n");

    /// <summary>Drops what lies behind a step.</summary>
    public void CutAfter(long last)
    {
        var kept = Read().Where(record => step(record) <= last).Select(record => JsonSerializer.Serialize(record, type) + "\n");
        SuperRes.ModelFiles.AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(kept))));
    }
}
