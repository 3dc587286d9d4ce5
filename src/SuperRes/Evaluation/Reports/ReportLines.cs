using System.Text;

namespace SuperRes.Evaluation.Reports;

/// <summary>Text in the making: numbers in the invariant culture, line feeds on every system.</summary>
internal sealed class ReportLines
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends a line.</summary>
    public ReportLines Line(FormattableString line)
    {
        _text.Append(FormattableString.Invariant(line)).Append('\n');
        return this;
    }

    /// <summary>Appends an empty line.</summary>
    public ReportLines Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Appends text as it is.</summary>
    public ReportLines Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();
}
