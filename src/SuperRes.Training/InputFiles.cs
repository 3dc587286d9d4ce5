using SuperRes.Imaging.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Recipes;

namespace SuperRes.Training;

/// <summary>Files beside the images that decide what a run computes.</summary>
internal static class InputFiles
{
    /// <summary>Where VGG-19's weights come from.</summary>
    public const string VggInstructions =
        "The vgg loss reads torchvision's VGG-19 trained on ImageNet: get https://download.pytorch.org/models/vgg19-dcbb9e9d.pth (575 MB) and name it in 'file', as it is. "
        + "Where it can't be had, { \"kind\": \"features\" } under adversarial.losses takes the discriminator's own features in its place.";

    /// <summary>SHA-256 of each file by its path in the recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="TrainingException">One is absent or can't be read; the message says what to do.</exception>
    public static IReadOnlyDictionary<string, string> Hash(Recipe recipe)
    {
        var losses = recipe.Losses.Concat(recipe.Adversarial?.Losses ?? []);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in losses.OfType<VggLoss>().Select(loss => loss.File))
        {
            hashes[file] = Hash(file, VggInstructions);
        }

        if (recipe.Initial is { } initial)
        {
            hashes[initial] = Hash(initial, "'initial' in the recipe names it: the weights to start from. Train them first, put them back, or take the line out to start a run from random ones.");
        }

        return hashes;
    }

    private static string Hash(string path, string instructions)
    {
        try
        {
            return FileHash.Sha256(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var what = exception is FileNotFoundException or DirectoryNotFoundException ? "is not there" : $"can't be read: {exception.Message.TrimEnd('.')}";
            throw new TrainingException($"'{path}' {what}. {instructions}", exception);
        }
    }
}
