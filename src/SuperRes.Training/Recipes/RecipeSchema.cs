namespace SuperRes.Training.Recipes;

/// <summary>The JSON schema of recipes, for editors: made from the records that the loader reads into.</summary>
public static class RecipeSchema
{
    /// <summary>The schema as JSON text with a line feed at its end.</summary>
    public static string Create() => SchemaText.Of(typeof(Recipe), "SuperRes recipe");
}
