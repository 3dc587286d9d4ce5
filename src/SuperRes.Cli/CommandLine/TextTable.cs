namespace SuperRes.Cli.CommandLine;

/// <summary>A table of plain text, its columns as wide as they must be.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";

    private readonly bool[] _alignRight;
    private readonly List<string[]> _rows = [];

    /// <param name="headings">One for each column; numbers stand right under a heading that starts with '&gt;'.</param>
    public TextTable(params string[] headings)
    {
        _alignRight = [.. headings.Select(heading => heading.StartsWith('>'))];
        _rows.Add([.. headings.Select(heading => heading.TrimStart('>'))]);
    }

    public void Add(params string[] cells) => _rows.Add(cells.Length == _alignRight.Length
        ? cells
        : throw new ArgumentException($"The table has {_alignRight.Length} columns, got {cells.Length} cells.", nameof(cells)));

    public void WriteTo(TextWriter output)
    {
        var widths = _alignRight.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, column) => _alignRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
