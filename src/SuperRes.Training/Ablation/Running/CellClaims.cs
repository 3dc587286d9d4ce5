using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SuperRes.Training.Ablation.Running;

/// <summary>
/// Keeps processes, on one machine or several that share a folder, from working on one cell. A claim is a file
/// <c>NAME.N.claim</c>, made by exclusive creation, which every shared file system keeps atomic; file locks are not used,
/// because many keep those to one machine. The claim with the highest N counts, and it is taken over by creating N + 1, so
/// two who both think that its owner is dead can't both win. An owner that was only asleep sees the higher N and stops.
/// </summary>
/// <remarks>
/// Nobody compares clocks: a watcher waits until a heartbeat's count has not changed for a while by its own clock. Where
/// the owner's process is on the same machine and gone, nobody waits.
/// </remarks>
internal sealed class CellClaims(string folder, ClaimOptions options, TimeProvider time)
{
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, (string Seen, long Since)> _watched = [];
    private readonly Lock _lock = new();

    /// <summary>Takes something that is held for moments only: waits where another process has it.</summary>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public CellClaim Take(string name, CancellationToken cancellationToken)
    {
        CellClaim? claim;
        while ((claim = TryTake(name)) is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Thread.Sleep(50);
        }

        return claim;
    }

    /// <summary>Takes a cell; null where another process works on it.</summary>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public CellClaim? TryTake(string cell)
    {
        Directory.CreateDirectory(folder);
        var generation = Newest(cell);
        if (generation > 0 && !IsFree(cell, generation))
        {
            return null;
        }

        var path = PathOf(cell, generation + 1);
        try
        {
            using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(Record(0)));
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        return new CellClaim(path, beat => Record(beat), () => Newest(cell) == generation + 1, options.Heartbeat, time);
    }

    private int Newest(string cell)
    {
        var newest = 0;
        foreach (var path in Directory.EnumerateFiles(folder, $"{cell}.*.claim"))
        {
            var middle = Path.GetFileName(path)[(cell.Length + 1)..^".claim".Length];
            newest = int.TryParse(middle, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? Math.Max(newest, generation) : newest;
        }

        return newest;
    }

    private bool IsFree(string cell, int generation)
    {
        var text = Read(PathOf(cell, generation));
        var record = Parse(text);
        if (record is { Released: true } || (record?.Machine == MachineIdentity.Here && !IsAlive(record)))
        {
            return true;
        }

        // A file that its owner was killed in the middle of stays empty: it, too, is waited for.
        lock (_lock)
        {
            var seen = $"{generation} {text}";
            if (!_watched.TryGetValue(cell, out var before) || before.Seen != seen)
            {
                _watched[cell] = (seen, time.GetTimestamp());
                return false;
            }

            return time.GetElapsedTime(before.Since) >= options.StaleAfter;
        }
    }

    private static bool IsAlive(ClaimRecord record)
    {
        try
        {
            using var process = Process.GetProcessById(record.ProcessId);
            return ProcessStart.Same(ProcessStart.Of(process), record.ProcessStart);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            // Another user's process: it lives, and that is all that can be known.
            return true;
        }
    }

    private ClaimRecord Record(long beat)
    {
        using var process = Process.GetCurrentProcess();
        return new ClaimRecord(_owner, MachineIdentity.Here, process.Id, ProcessStart.Of(process), beat);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static ClaimRecord? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ClaimRecord>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(string cell, int generation) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{cell}.{generation}.claim"));
}
