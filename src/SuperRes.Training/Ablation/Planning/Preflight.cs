using SuperRes.Evaluation.Studies;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Opens everything that an experiment will read, so that no run fails after hours on what can be known now.</summary>
internal static class Preflight
{
    /// <param name="experiment">The experiment.</param>
    /// <param name="message">Told of test images that are trained on or choose.</param>
    /// <exception cref="RecipeException">Images are too small for the patches; the message names them all.</exception>
    /// <exception cref="Imaging.Data.DatasetException">A folder is missing or has no images.</exception>
    public static void Check(Experiment experiment, Action<string> message)
    {
        var training = new HashSet<string>();
        foreach (var (_, recipe) in CellRecipes.Prototypes(experiment).DistinctBy(prototype => prototype.Recipe.Network.Scale))
        {
            var scale = recipe.Network.Scale;
            var patch = recipe.Patches.Max(stage => stage.Size);
            var patches = Math.Max(patch, experiment.Search is { Patch.Count: > 0 } search ? search.Patch.Max() : 0);
            var images = FolderTrainingImages.Open(recipe.Data, [scale], smallestPatch: 1);
            training.UnionWith(images.Paths);
            _ = Validator.Open(recipe.Validation, scale);
            string[] small = [.. images.Paths.Where((_, i) => Math.Min(images.Sizes[i].Width, images.Sizes[i].Height) < patches).Select(path => Path.GetFileNameWithoutExtension(path)!)];
            if (small.Length > 0)
            {
                throw new RecipeException(
                    $"{small.Length} training images are smaller than patches of {patches}x{patches} at x{scale}: {string.Join(", ", small)}. Name them in their folder's \"except\", or use smaller patches.");
            }
        }

        foreach (var note in SharedImages.Notes(experiment, TestSets.Open(experiment), training))
        {
            message(note);
        }
    }

    /// <summary>Refuses to train beside runs that were trained on other images.</summary>
    /// <exception cref="TrainingException">The images have changed.</exception>
    public static void CheckTrainingImages(AblationFolder folder, IEnumerable<Cell> cells)
    {
        foreach (var alike in cells.GroupBy(ImagesOf).Where(alike => alike.Any(cell => !folder.IsTrained(cell.Name))))
        {
            StudyCell[] trained = [.. alike.Select(cell => folder.Result(cell.Name)).OfType<StudyCell>().Where(result => result.DataHash is not null)];
            if (trained.Length == 0)
            {
                continue;
            }

            var images = FolderTrainingImages.Open(alike.First().Recipe.Data, [trained[0].Scale], smallestPatch: 1);
            var hash = RunEnvironment.HashOf(images);
            if (trained.FirstOrDefault(result => result.DataHash != hash) is { } before)
            {
                throw new TrainingException(
                    $"The training images are not those that {before.Name} was trained on, and the runs are compared with each other. Put them back, or name another folder with --run.");
            }
        }
    }

    /// <summary>What runs that learn from the same images have in common.</summary>
    public static (int Scale, string Shares) ImagesOf(Cell cell) => (cell.Network.Scale, string.Join(' ', cell.Recipe.Data.Train.Select(source => source.Fraction)));
}
