using System.Text;
using System.Text.Json;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>
/// What is done of a preparation that has not ended yet: a line for how, then a line for each finished source. A line that
/// was cut off by a crash is not finished, so its source is done again.
/// </summary>
internal sealed class PreparationJournal : IDisposable
{
    public const string FileName = "manifest.partial.jsonl";

    private readonly FileStream _file;
    private readonly Lock _writing = new();

    private PreparationJournal(FileStream file) => _file = file;

    /// <summary>What an unfinished preparation noted, or null where there is none to continue.</summary>
    /// <exception cref="DatasetException">It names a file that is no sub-image.</exception>
    public static SubImageManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllLines(path);
        return lines.Length > 0 && TryParse(lines[0], JournalJson.Default.SubImageManifest) is { } head
            ? (head with { Sources = [.. lines.Skip(1).Select(line => TryParse(line, JournalJson.Default.SubImageSource)).OfType<SubImageSource>()] }).DemandOwnPaths(path)
            : null;
    }

    /// <summary>Begins a journal with what is known already.</summary>
    public static PreparationJournal Start(string folder, SubImageManifest known)
    {
        var path = Path.Combine(folder, FileName);
        var journal = new PreparationJournal(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        journal.WriteLine(JsonSerializer.Serialize(known with { Sources = [] }, JournalJson.Default.SubImageManifest));
        foreach (var source in known.Sources)
        {
            journal.Append(source);
        }

        return journal;
    }

    public void Append(SubImageSource source) => WriteLine(JsonSerializer.Serialize(source, JournalJson.Default.SubImageSource));

    /// <summary>Removes the journal: the manifest has taken its place.</summary>
    public void Finish()
    {
        _file.Dispose();
        File.Delete(_file.Name);
    }

    public void Dispose() => _file.Dispose();

    private void WriteLine(string line)
    {
        lock (_writing)
        {
            _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            _file.Flush();
        }
    }

    private static T? TryParse<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
