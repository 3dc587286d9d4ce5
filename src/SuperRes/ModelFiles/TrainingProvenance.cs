namespace SuperRes.ModelFiles;

/// <summary>How trained weights came about: enough to make them again.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="RecipeHash">SHA-256 of the resolved recipe, hexadecimal.</param>
/// <param name="Steps">Optimiser steps done.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Data">Names of the training sets.</param>
/// <param name="CodeVersion">Version of the program that trained.</param>
/// <param name="Initial">Name of the file of weights that training started from; null where it started from random ones.</param>
public sealed record TrainingProvenance(
    string Recipe,
    string RecipeHash,
    long Steps,
    ulong Seed,
    IReadOnlyList<string> Data,
    string CodeVersion,
    string? Initial = null);
