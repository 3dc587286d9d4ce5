using SuperRes.ModelFiles;

namespace SuperRes.Training.Runs;

/// <summary>The checkpoints of a run: the newest few, in one folder.</summary>
internal sealed class CheckpointStore(string folder, int keep)
{
    private const string Extension = ".ckpt";

    /// <summary>The step of the newest checkpoint; 0 where there is none.</summary>
    public long NewestStep => Newest() is [var newest, ..] ? StepOf(newest)!.Value : 0;

    /// <summary>Saves a checkpoint, then forgets the oldest beyond those that are kept.</summary>
    public void Save(Checkpoint checkpoint)
    {
        Directory.CreateDirectory(folder);
        CheckpointFile.Write(PathOf(checkpoint.Step), checkpoint);
        foreach (var old in Newest().Skip(keep))
        {
            File.Delete(old);
        }
    }

    /// <summary>The newest checkpoint that is whole, or null where there is none. Damaged ones that are newer are set aside under another name.</summary>
    /// <param name="damaged">Told of each newer one that was passed over, and why.</param>
    /// <exception cref="TrainingException">There are some, and none is whole or can be opened: the run is not begun again over what it has.</exception>
    public Checkpoint? Load(Action<string> damaged)
    {
        ModelFileException? unopened = null;
        List<string> passedOver = [];
        var all = Newest();
        foreach (var path in all)
        {
            try
            {
                var checkpoint = CheckpointFile.Read(path);
                if (checkpoint.Step != StepOf(path))
                {
                    throw new ModelFileException($"'{path}' is named for another step than it says it is of, {checkpoint.Step}.");
                }

                passedOver.ForEach(SetAside);
                return checkpoint;
            }
            catch (ModelFileException exception)
            {
                damaged(exception.Message);
                passedOver.Add(path);
                unopened = exception.InnerException is UnauthorizedAccessException or (IOException and not EndOfStreamException) ? exception : unopened;
            }
        }

        return unopened is not null ? throw new TrainingException($"{unopened.Message} A run that has checkpoints is not begun again: close what has the file, and try again.", unopened)
            : all.Length == 0 ? null
            : throw new TrainingException($"None of the checkpoints in '{folder}' can be read. Put good ones back to go on, or remove them to begin the run again from its first step.");
    }

    /// <summary>What is not whole must not count as the newest, nor take the place of a good one among those that are kept.</summary>
    private static void SetAside(string path)
    {
        try
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody has it open; the next checkpoint of that step is written over it.
        }
    }

    /// <summary>The step in a checkpoint's name; null where it is another file's.</summary>
    private static long? StepOf(string path) => StepName.StepOf(Path.GetFileNameWithoutExtension(path));

    /// <summary>Newest first.</summary>
    private string[] Newest() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, StepName.Prefix + "*" + Extension).Where(path => StepOf(path) is not null).OrderByDescending(StepOf)] : [];

    private string PathOf(long step) => Path.Combine(folder, StepName.Of(step) + Extension);
}
