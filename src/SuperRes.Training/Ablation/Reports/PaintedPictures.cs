using System.Text.Json;
using SuperRes.Evaluation.Studies;
using SuperRes.Imaging.Data;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>
/// Which pictures were painted of what, kept in <c>pictures.json</c>: to choose them, every variant enlarges the whole set
/// that decides, and a report that is written again shows the same ones as long as nothing of that has changed.
/// </summary>
internal sealed class PaintedPictures
{
    private readonly string _root;
    private readonly List<Painted> _known;
    private readonly List<Painted> _now = [];

    /// <param name="root">The experiment's folder.</param>
    public PaintedPictures(string root)
    {
        _root = root;
        _known = Read(FilePath);
    }

    private string FilePath => Path.Combine(_root, "pictures.json");

    /// <summary>The pictures that were painted of something; null where there are none, or their files are not as they were painted.</summary>
    /// <param name="key">What they were painted of.</param>
    public IReadOnlyList<StudyPicture>? Find(string key) =>
        _known.FirstOrDefault(painted => painted.Key == key) is { } found && found.Hashes.SequenceEqual(found.Pictures.Select(Hash)) ? found.Pictures : null;

    /// <summary>Keeps what these pictures were painted of.</summary>
    public void Add(string key, IReadOnlyList<StudyPicture> pictures) => _now.Add(new Painted(key, pictures, [.. pictures.Select(Hash)]));

    /// <summary>Writes what was added; anything else is forgotten, because its files may be others by now.</summary>
    public void Save()
    {
        var text = JsonSerializer.Serialize(_now, PaintedPicturesJson.Default.ListPainted);
        if (!File.Exists(FilePath) || File.ReadAllText(FilePath) != text)
        {
            AblationFolder.Write(FilePath, text);
        }
    }

    private static List<Painted> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), PaintedPicturesJson.Default.ListPainted)! : [];
        }
        catch (JsonException)
        {
            // Then they are painted again.
            return [];
        }
    }

    /// <summary>SHA-256 of a picture's file; empty where it is gone.</summary>
    private string Hash(StudyPicture picture)
    {
        var path = Path.Combine(_root, picture.File);
        return File.Exists(path) ? FileHash.Sha256(path) : "";
    }

    /// <summary>One network's pictures.</summary>
    /// <param name="Key">What they were painted of.</param>
    /// <param name="Pictures">The pictures.</param>
    /// <param name="Hashes">SHA-256 of each one's file.</param>
    internal sealed record Painted(string Key, IReadOnlyList<StudyPicture> Pictures, IReadOnlyList<string> Hashes);
}
