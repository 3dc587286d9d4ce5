namespace SuperRes.Studio.Studies;

/// <summary>What a study shows: files below its source's root.</summary>
/// <param name="Methods">Names of the methods.</param>
/// <param name="Pictures">For each picture its name, its original's file or null, and one file for each method.</param>
internal sealed record StudyPictures(IReadOnlyList<string> Methods, IReadOnlyList<StudyPicture> Pictures);

/// <param name="Name">What voters see.</param>
/// <param name="Original">The original's file, relative to the root; null where there is none.</param>
/// <param name="Files">A file for each method, relative to the root.</param>
internal sealed record StudyPicture(string Name, string? Original, IReadOnlyList<string> Files);
