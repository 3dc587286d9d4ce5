using System.Text;
using System.Text.Json;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>
/// What is done of a preparation that has not ended yet: a line for how, then a line for each source that is begun, with
/// what it will become, and one more when it is finished. A line that was cut off by a crash is not there, so its source is done again.
/// </summary>
internal sealed class PreparationJournal : IDisposable
{
    public const string FileName = "manifest.partial.jsonl";

    private readonly FileStream _file;
    private readonly Lock _writing = new();

    private PreparationJournal(FileStream file) => _file = file;

    /// <summary>Opens a folder's journal, or an empty one, and keeps other processes out of the folder until it is disposed.</summary>
    /// <exception cref="DatasetException">Another process is preparing the folder.</exception>
    public static PreparationJournal Open(string folder) => new(ExclusiveFile.Open(
        Path.Combine(folder, FileName), $"another preparation of '{folder}' is running. Wait for it, or stop it."));

    /// <summary>Whether a folder's preparation has not come to its end.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>What was noted, of each source the newest last; null where there is nothing.</summary>
    /// <exception cref="DatasetException">It names a file that is no sub-image.</exception>
    public SubImageManifest? Read()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        var lines = reader.ReadToEnd().Split('\n'); // and stands at the end again, where more is written
        return TryParse(lines[0], JournalJson.Default.SubImageManifest) is { } head
            ? (head with { Sources = [.. lines.Skip(1).Select(line => TryParse(line, JournalJson.Default.SubImageSource)).OfType<SubImageSource>()] }).DemandOwnPaths(_file.Name, isJournal: true)
            : null;
    }

    /// <summary>Begins anew, with what is known already.</summary>
    public void Begin(SubImageManifest known)
    {
        _file.SetLength(0);
        WriteLine(JsonSerializer.Serialize(known with { Sources = [] }, JournalJson.Default.SubImageManifest));
        foreach (var source in known.Sources)
        {
            Append(source);
        }
    }

    public void Append(SubImageSource source) => WriteLine(JsonSerializer.Serialize(source, JournalJson.Default.SubImageSource));

    /// <summary>Removes the journal: the manifest has taken its place.</summary>
    public void Finish()
    {
        // While it is still held, where the system allows that: the next process's journal must not go.
        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
        }

        File.Delete(_file.Name);
        _file.Dispose();
    }

    /// <summary>Leaves the journal for the next time, unless nothing was begun.</summary>
    public void Dispose()
    {
        if (!_file.SafeFileHandle.IsClosed && _file.Length == 0)
        {
            Finish();
        }

        _file.Dispose();
    }

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
