using Microsoft.Data.Sqlite;

namespace SuperRes.Studio.Studies;

/// <summary>The SQLite file of the studies and their votes.</summary>
internal sealed class StudyDatabase
{
    private const int Version = 2;

    private const string Schema = """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            error TEXT,
            seed TEXT NOT NULL,
            source TEXT NOT NULL,      -- 'folder' or 'models': below which root its files are
            created TEXT NOT NULL,
            root TEXT);                -- of 'folder': the full path of that root; null where the study is older than this column
        CREATE TABLE method (
            study INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, number INTEGER NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (study, number));
        CREATE TABLE picture (
            study INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, number INTEGER NOT NULL, name TEXT NOT NULL, original TEXT,
            PRIMARY KEY (study, number));
        CREATE TABLE result (
            study INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, picture INTEGER NOT NULL, method INTEGER NOT NULL, file TEXT NOT NULL,
            PRIMARY KEY (study, picture, method));
        CREATE TABLE vote (
            study INTEGER NOT NULL REFERENCES study ON DELETE CASCADE, voter TEXT NOT NULL, pair INTEGER NOT NULL,
            picture INTEGER NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL,
            choice INTEGER NOT NULL,   -- 1 for the first method, 2 for the second, 0 for the same
            swapped INTEGER NOT NULL,  -- whether the first was on the right
            voted TEXT NOT NULL,
            PRIMARY KEY (study, voter, pair));
        """;

    private const string SchemaFrom1 = "ALTER TABLE study ADD COLUMN root TEXT";

    private readonly string _connection;

    /// <exception cref="InvalidDataException">The file can't be used: it is damaged, of a newer version, or where nothing can be written. The message says what to do.</exception>
    public StudyDatabase(string folder)
    {
        var file = Path.Combine(folder, "studies.db");
        _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 10 }.ToString();
        try
        {
            Directory.CreateDirectory(folder);
            Prepare(file);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            Close();
            throw new InvalidDataException($"The blind tests can't be kept in '{file}': {exception.Message.TrimEnd('.')}. Move the file away, or name another folder with --data.", exception);
        }
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the file for good; open connections are pooled until then.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }

    public static int Execute(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static IEnumerable<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    private void Prepare(string file)
    {
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        var version = Scalar(connection, "PRAGMA user_version");
        if (version is 0 or 1)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, version == 0 ? Schema : SchemaFrom1);
            Execute(connection, $"PRAGMA user_version = {Version}");
            transaction.Commit();
        }
        else if (version != Version)
        {
            throw new InvalidDataException($"'{file}' has version {version} and this SuperRes reads {Version}. Update SuperRes, or name another folder with --data.");
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
