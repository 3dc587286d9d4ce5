namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A piece of a study's report, before it is Markdown or HTML.</summary>
internal abstract record StudyBlock
{
    /// <summary>A heading of the second or third level.</summary>
    public sealed record Heading(string Text, int Level = 2) : StudyBlock;

    /// <summary>Running text.</summary>
    public sealed record Paragraph(string Text, bool IsQuiet = false) : StudyBlock;

    /// <summary>Short statements.</summary>
    public sealed record Bullets(IReadOnlyList<string> Items) : StudyBlock;

    /// <summary>A table; the first column names the rows.</summary>
    public sealed record Table(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows) : StudyBlock;

    /// <summary>A drawing: a file beside the Markdown, part of the page in HTML.</summary>
    public sealed record Chart(string File, IStudyChart Drawing) : StudyBlock;

    /// <summary>A picture file beside the report.</summary>
    public sealed record Picture(StudyPicture Shown) : StudyBlock;
}
