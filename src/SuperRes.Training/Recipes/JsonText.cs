namespace SuperRes.Training.Recipes;

/// <summary>Reads a recipe's or an experiment's file.</summary>
internal static class JsonText
{
    /// <exception cref="RecipeException">It is not there, a folder, empty, or can't be read.</exception>
    public static string Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new RecipeException($"'{path}' is a folder, expected a JSON file.");
        }

        try
        {
            var text = File.ReadAllText(path);
            return string.IsNullOrWhiteSpace(text) ? throw new RecipeException($"'{path}' is empty, expected JSON.") : text;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecipeException($"'{path}' does not exist. Check the name.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException($"'{path}' can't be read: {exception.Message}", exception);
        }
    }
}
