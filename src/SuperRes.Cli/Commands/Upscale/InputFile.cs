namespace SuperRes.Cli.Commands.Upscale;

/// <summary>A file to enlarge.</summary>
/// <param name="Path">Where it is, as the user would name it; <c>-</c> is stdin.</param>
/// <param name="RelativePath">Its place below the folder or pattern it was found by; its name otherwise.</param>
/// <param name="FromSearch">Whether it was found in a folder or by a pattern, so that there may be several.</param>
internal sealed record InputFile(string Path, string RelativePath, bool FromSearch)
{
    public bool IsStandardInput => Path == FilePaths.StandardStream;
}
