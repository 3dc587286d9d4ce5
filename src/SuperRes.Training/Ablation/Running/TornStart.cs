using SuperRes.Evaluation.Runs;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Ablation.Running;

/// <summary>A run that was killed while its folder was made, and has nothing to go on with.</summary>
internal static class TornStart
{
    /// <summary>Clears such a folder, so that the run can begin there.</summary>
    /// <param name="path">The run's folder, or where it shall be.</param>
    /// <exception cref="TrainingException">What describes the run can't be used, and there is work in its folder, or the file may be readable later.</exception>
    public static void Forget(string path)
    {
        try
        {
            if (RunFolder.IsRun(path))
            {
                _ = RunFolder.Open(path).Manifest;
            }
        }
        catch (Exception exception) when (exception is RecipeException or TrainingException)
        {
            var fault = exception.InnerException?.Message ?? exception.Message;
            if (exception.InnerException is UnauthorizedAccessException or (IOException and not FileNotFoundException))
            {
                throw new TrainingException($"The run's recipe.json or run.json can't be read: {fault} Close what has it, or see to the disk, and start again: the run goes on from where it stands.", exception);
            }

            if (HasWork(path))
            {
                throw new TrainingException(
                    $"The run has been trained, and its recipe.json or run.json can't be used: {fault} Put that file back from a copy, or remove '{path}' to train the run again from its first step.", exception);
            }

            File.Delete(Path.Combine(path, RunRecords.RecipeFile));
        }
    }

    private static bool HasWork(string path)
    {
        var checkpoints = Path.Combine(path, RunRecords.CheckpointFolder);
        return File.Exists(Path.Combine(path, RunRecords.FinalModelFile)) || (Directory.Exists(checkpoints) && Directory.EnumerateFileSystemEntries(checkpoints).Any());
    }
}
