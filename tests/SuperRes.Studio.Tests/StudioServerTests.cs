using Microsoft.Data.Sqlite;

namespace SuperRes.Studio.Tests;

public sealed class StudioServerTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("superres-data-").FullName;

    [Fact]
    public async Task StartAsync_OnADatabaseThatIsDamaged_SaysSo()
    {
        File.WriteAllText(Path.Combine(_data, "studies.db"), new string('?', 5000));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StudioServer.StartAsync(new StudioOptions { Port = 0, DataFolder = _data }));

        Assert.Contains("studies.db", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--data", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OnADatabaseOfANewerVersion_SaysSo()
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "studies.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StudioServer.StartAsync(new StudioOptions { Port = 0, DataFolder = _data }));

        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
