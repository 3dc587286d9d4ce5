using SuperRes.Evaluation.Reports;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>A drawing as SVG elements with the classes of the page's style sheet.</summary>
internal interface IStudyChart
{
    /// <summary>What is drawn, with its unit.</summary>
    string Title { get; }

    /// <summary>How to read it.</summary>
    string Caption { get; }

    /// <summary>What is to be seen, for those who don't see it.</summary>
    string Description { get; }

    /// <summary>Width of the field.</summary>
    double Width { get; }

    /// <summary>Height of the field.</summary>
    double Height { get; }

    /// <summary>Writes the elements.</summary>
    void Write(ReportLines svg);
}
