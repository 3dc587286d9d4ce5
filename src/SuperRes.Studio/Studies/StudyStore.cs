using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SuperRes.Studio.Images;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Studies;

/// <summary>The studies and their votes.</summary>
internal sealed class StudyStore : IDisposable
{
    private readonly StudyDatabase _database;
    private readonly TimeProvider _time;

    public StudyStore(StudioOptions options, TemporaryStorage storage)
    {
        _time = options.Time;
        DataFolder = Path.GetFullPath(options.DataFolder ?? Path.Combine(storage.Folder, "data"));
        _database = new StudyDatabase(DataFolder);
        using var connection = _database.Open();
        foreach (var study in Read(connection, null).Where(study => study.State == StudyState.Preparing && !FolderLock.IsHeld(FolderOf(study))))
        {
            Fail(study, "The server ended while it was made. Delete it and make it again.");
        }
    }

    /// <summary>Where the database is, and the pictures that models made.</summary>
    public string DataFolder { get; }

    /// <summary>Where a study's own pictures are. Who makes them holds the folder's lock meanwhile: another server on the same data leaves the study alone.</summary>
    public string FolderOf(Study study) => Path.Combine(DataFolder, "pictures", study.Key);

    /// <summary>Adds a study that has no pictures yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What voters may answer.</param>
    /// <param name="source">Where its pictures come from.</param>
    /// <param name="root">The full path below which a folder's files are.</param>
    /// <exception cref="StudioException">The name is taken.</exception>
    public Study Add(string name, StudyKind kind, string source, string? root = null)
    {
        using var connection = _database.Open();
        try
        {
            StudyDatabase.Execute(
                connection, "INSERT INTO study (id, name, kind, state, seed, source, created, root) VALUES ($id, $name, $kind, 'Preparing', $seed, $source, $created, $root)",
                ("$id", NewId()), ("$name", name), ("$kind", kind.ToString()), ("$seed", RandomNumberGenerator.GetHexString(32)), ("$source", source), ("$created", Now()), ("$root", root));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw StudioException.Conflict($"There is a study '{name}' already. Choose another name.");
        }

        return Get(name);
    }

    /// <summary>Says what a study that is being made will show.</summary>
    public void Announce(Study study, StudyPictures pictures) => Write(study, pictures, StudyState.Preparing);

    /// <summary>Gives a study its pictures and opens it for votes.</summary>
    public void Complete(Study study, StudyPictures pictures) => Write(study, pictures, StudyState.Ready);

    private void Write(Study study, StudyPictures pictures, StudyState state)
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        for (var method = 0; method < pictures.Methods.Count; method++)
        {
            StudyDatabase.Execute(connection, "INSERT OR REPLACE INTO method VALUES ($study, $number, $name)", ("$study", study.Id), ("$number", method), ("$name", pictures.Methods[method]));
        }

        for (var number = 0; number < pictures.Pictures.Count; number++)
        {
            var picture = pictures.Pictures[number];
            StudyDatabase.Execute(
                connection, "INSERT OR REPLACE INTO picture VALUES ($study, $number, $name, $original)", ("$study", study.Id), ("$number", number), ("$name", picture.Name), ("$original", picture.Original));
            for (var method = 0; method < picture.Files.Count; method++)
            {
                StudyDatabase.Execute(
                    connection, "INSERT INTO result VALUES ($study, $picture, $method, $file)", ("$study", study.Id), ("$picture", number), ("$method", method), ("$file", picture.Files[method]));
            }
        }

        StudyDatabase.Execute(connection, "UPDATE study SET state = $state, error = NULL WHERE id = $id", ("$id", study.Id), ("$state", state.ToString()));
        transaction.Commit();
    }

    public void Fail(Study study, string error)
    {
        using var connection = _database.Open();
        StudyDatabase.Execute(connection, "UPDATE study SET state = 'Failed', error = $error WHERE id = $id", ("$id", study.Id), ("$error", error));
    }

    public void Remove(Study study)
    {
        using var connection = _database.Open();
        StudyDatabase.Execute(connection, "DELETE FROM study WHERE id = $id", ("$id", study.Id));
    }

    public IReadOnlyList<StudyView> List()
    {
        using var connection = _database.Open();
        return [.. Read(connection, null).Select(study => new StudyView(
            study.Name, study.Kind, study.State, study.Error, study.Methods, study.Pictures, study.Pairs.Count,
            (int)StudyDatabase.Scalar(connection, "SELECT COUNT(*) FROM vote WHERE study = $study", ("$study", study.Id))))];
    }

    /// <exception cref="StudioException">There is none.</exception>
    public Study Get(string name)
    {
        using var connection = _database.Open();
        return Read(connection, name) is [var study] ? study : throw StudioException.NotFound($"There is no study '{ImageStore.Shown(name)}'. GET /studies lists them.");
    }

    /// <summary>Whether a study has not been removed.</summary>
    public bool Has(Study study)
    {
        using var connection = _database.Open();
        return StudyDatabase.Scalar(connection, "SELECT COUNT(*) FROM study WHERE id = $id", ("$id", study.Id)) > 0;
    }

    /// <summary>The file of a result, relative to the source's root.</summary>
    public string FileOf(Study study, int picture, int method)
    {
        using var connection = _database.Open();
        return StudyDatabase.Query(
            connection, "SELECT file FROM result WHERE study = $study AND picture = $picture AND method = $method", row => row.GetString(0),
            ("$study", study.Id), ("$picture", picture), ("$method", method)).First();
    }

    /// <summary>A picture's name, and its original's file, relative to the source's root.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public (string Name, string? Original) PictureOf(Study study, int picture)
    {
        using var connection = _database.Open();
        return StudyDatabase.Query(
                connection, "SELECT name, original FROM picture WHERE study = $study AND number = $picture", row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
                ("$study", study.Id), ("$picture", picture)).Cast<(string, string?)?>().FirstOrDefault()
            ?? throw StudioException.NotFound($"'{study.Name}' has no picture {picture}.");
    }

    /// <summary>Numbers of the pairs that a voter has judged.</summary>
    public HashSet<int> JudgedBy(Study study, string voter)
    {
        using var connection = _database.Open();
        return [.. StudyDatabase.Query(connection, "SELECT pair FROM vote WHERE study = $study AND voter = $voter", row => row.GetInt32(0), ("$study", study.Id), ("$voter", voter))];
    }

    /// <summary>Records a vote in place of an earlier one on the same pair.</summary>
    /// <param name="study">The study.</param>
    /// <param name="voter">Who votes.</param>
    /// <param name="pair">The pair's number.</param>
    /// <param name="preferred">1 for the first method, 2 for the second, 0 for the same.</param>
    /// <exception cref="StudioException">The study has just been removed.</exception>
    public void Vote(Study study, string voter, int pair, int preferred)
    {
        var (picture, first, second) = study.Pairs.Find(pair);
        using var connection = _database.Open();
        var recorded = StudyDatabase.Execute(
            connection,
            "INSERT OR REPLACE INTO vote SELECT $study, $voter, $pair, $picture, $first, $second, $choice, $swapped, $voted WHERE EXISTS (SELECT 1 FROM study WHERE id = $study)",
            ("$study", study.Id), ("$voter", voter), ("$pair", pair), ("$picture", picture), ("$first", first), ("$second", second), ("$choice", preferred),
            ("$swapped", study.Pairs.IsSwapped(voter, pair)), ("$voted", Now()));
        if (recorded == 0)
        {
            throw StudioException.NotFound($"The study '{study.Name}' has just been removed.");
        }
    }

    public VoteTable CountVotes(Study study)
    {
        var table = new VoteTable(study.Methods.Count);
        using var connection = _database.Open();
        foreach (var (first, second, choice, count) in StudyDatabase.Query(
            connection, "SELECT first, second, choice, COUNT(*) FROM vote WHERE study = $study GROUP BY first, second, choice",
            row => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), ("$study", study.Id)))
        {
            table.Add(first, second, choice == 1 ? count : 0, choice == 2 ? count : 0, choice == 0 ? count : 0);
        }

        return table;
    }

    /// <summary>Every vote, in the order in which they came.</summary>
    public IReadOnlyList<VoteRecord> Votes(Study study)
    {
        using var connection = _database.Open();
        return [.. StudyDatabase.Query(
            connection,
            "SELECT vote.voter, picture.name, vote.first, vote.second, vote.choice, vote.swapped, vote.voted FROM vote JOIN picture ON picture.study = vote.study AND picture.number = vote.picture WHERE vote.study = $study ORDER BY vote.voted, vote.voter, vote.pair",
            row => new VoteRecord(row.GetString(0), row.GetString(1), study.Methods[row.GetInt32(2)], study.Methods[row.GetInt32(3)], row.GetInt32(4), row.GetBoolean(5), row.GetString(6)),
            ("$study", study.Id))];
    }

    public void Dispose() => _database.Close();

    private static IReadOnlyList<Study> Read(SqliteConnection connection, string? name)
    {
        var rows = StudyDatabase.Query(
            connection,
            "SELECT id, name, kind, state, error, seed, source, (SELECT COUNT(*) FROM picture WHERE study = study.id), root FROM study WHERE $name IS NULL OR name = $name ORDER BY name",
            row => (Id: row.GetInt64(0), Name: row.GetString(1), Kind: row.GetString(2), State: row.GetString(3), Error: row.IsDBNull(4) ? null : row.GetString(4), Seed: row.GetString(5), Source: row.GetString(6), Pictures: row.GetInt32(7), Root: row.IsDBNull(8) ? null : row.GetString(8)),
            ("$name", name)).ToList();
        return [.. rows.Select(row => new Study(
            row.Id, row.Name, Enum.Parse<StudyKind>(row.Kind), Enum.Parse<StudyState>(row.State), row.Error, row.Seed, row.Source, row.Root,
            [.. StudyDatabase.Query(connection, "SELECT name FROM method WHERE study = $study ORDER BY number", method => method.GetString(0), ("$study", row.Id))], row.Pictures))];
    }

    // By chance, as SQLite gives a removed study's number to the next one, which would then get what is still being made for the first.
    private static long NewId() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    private string Now() => _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
