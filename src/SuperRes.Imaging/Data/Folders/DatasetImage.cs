namespace SuperRes.Imaging.Data.Folders;

/// <summary>One high-resolution image of a data set.</summary>
/// <param name="Name">Its file's name without extension: <c>baby</c>.</param>
/// <param name="Path">Where it is.</param>
public sealed record DatasetImage(string Name, string Path);
