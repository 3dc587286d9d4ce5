namespace SuperRes.Training.Recipes;

/// <summary>The JSON schema of recipes, for editors: every key with what it means, its type and its default.</summary>
public static class RecipeSchema
{
    /// <summary>The schema as JSON text with a line feed at its end.</summary>
    public static string Create() => Read("recipe.schema.json");

    /// <summary>A committed schema, which the tests hold against the records that the loader reads into.</summary>
    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(RecipeSchema).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
