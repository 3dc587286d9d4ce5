using SuperRes.ModelFiles;

namespace SuperRes.Training.Runs.Events;

/// <summary>The run's numbers for TensorBoard: <c>tensorboard --logdir runs</c> shows them. A resumed run goes on after those up to its checkpoint.</summary>
internal sealed class EventLog(string path)
{
    /// <summary>Adds the values of a step.</summary>
    public void Append(long step, DateTimeOffset time, IEnumerable<KeyValuePair<string, double>> values)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        if (file.Length == 0)
        {
            file.Write(EventFile.Frame(ScalarEvent.Version(time)));
        }

        file.Write(EventFile.Frame(ScalarEvent.Encode(step, time, values)));
    }

    /// <summary>Drops what lies behind a step, and a record that a kill left unfinished.</summary>
    public void CutAfter(long last)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var kept = EventFile.Records(File.ReadAllBytes(path)).Where(record => ScalarEvent.StepOf(record.Span) <= last).Select(record => EventFile.Frame(record.Span));
        AtomicFile.Write(path, stream =>
        {
            foreach (var record in kept)
            {
                stream.Write(record);
            }
        });
    }
}
