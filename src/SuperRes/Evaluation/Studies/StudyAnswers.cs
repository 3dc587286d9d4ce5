using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies.Reports;

namespace SuperRes.Evaluation.Studies;

/// <summary>
/// What several experiments answered, question by question. They stand on one axis, so all of them must have been decided by
/// the same number: PSNR on one set by one protocol, at one level of the intervals.
/// </summary>
public sealed class StudyAnswers
{
    private const string Frozen = "itself with frozen gates";

    private StudyAnswers(IReadOnlyList<StudyAnswer> all) => All = all;

    /// <summary>
    /// Every answer: questions that most experiments asked first, and of a question the networks by name and the shortest
    /// training first. At least one.
    /// </summary>
    public IReadOnlyList<StudyAnswer> All { get; }

    /// <summary>The set that all were decided on.</summary>
    public string Dataset => All[0].Report.Dataset;

    /// <summary>The protocol that all were decided by.</summary>
    public string Protocol => All[0].Report.Protocol;

    /// <summary>Level of every interval.</summary>
    public double Level => All[0].Report.Level;

    /// <summary>The answers, by question.</summary>
    public IEnumerable<IGrouping<string, StudyAnswer>> Questions => All.GroupBy(answer => answer.Asked);

    /// <summary>Collects answers. What no seed has answered yet is left out, and what two reports say of the same runs is said once, by the one with the most of them.</summary>
    /// <param name="reports">Reports, each with the name that it is shown by.</param>
    /// <exception cref="ArgumentException">Nothing is answered, or the reports were decided by different numbers; the message says which.</exception>
    public static StudyAnswers Of(IEnumerable<(string Source, StudyReport Report)> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        StudyAnswer[] answers =
        [
            .. from report in reports
               from question in report.Report.Questions.Concat(Looking(report.Report))
               where question.Decisive is not null
               select new StudyAnswer(report.Source, report.Report, question),
        ];
        if (answers.Length == 0)
        {
            throw new ArgumentException("No question is answered in these reports.");
        }

        foreach (var (i, other) in answers.Index().Skip(1))
        {
            if (Yardstick(other) != Yardstick(answers[0]))
            {
                throw new ArgumentException($"'{answers[0].Source}' was decided by {Yardstick(answers[0])}, '{other.Source}' by {Yardstick(other)}: these can't stand beside each other.");
            }

            // Each against each: an earlier version's report knows names only, and would make two of other contents look alike.
            if (answers.Take(i).FirstOrDefault(answer => !answer.Measured.HasImagesOf(other.Measured, answer.Scale == other.Scale)) is { } unlike)
            {
                throw new ArgumentException($"'{unlike.Source}' and '{other.Source}' were decided on different images, which both call {other.Report.Dataset}: these can't stand beside each other.");
            }
        }

        return new StudyAnswers(
        [
            .. WithoutParts(answers)
                .GroupBy(answer => answer.Asked)
                .OrderByDescending(question => question.Count())
                .SelectMany(question => question.OrderBy(answer => answer.Question.Network, StringComparer.Ordinal).ThenBy(answer => answer.Steps)),
        ]);
    }

    /// <summary>Only the answers to some questions.</summary>
    /// <param name="asked">Questions, such as "CBAM against none"; none for all.</param>
    /// <exception cref="ArgumentException">One of them was not asked; the message names those that were.</exception>
    public StudyAnswers Only(IReadOnlyCollection<string> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var known = Questions.Select(question => question.Key).ToArray();
        return asked.FirstOrDefault(question => !known.Contains(question, StringComparer.Ordinal)) is { } unknown
            ? throw new ArgumentException($"'{unknown}' was not asked. These were: {string.Join("; ", known)}.")
            : asked.Count == 0 ? this : new StudyAnswers([.. All.Where(answer => asked.Contains(answer.Asked))]);
    }

    /// <summary>The answers as files, each with its name and content: a chart (SVG), Markdown, one page of HTML, and comma-separated values.</summary>
    public IEnumerable<(string File, string Content)> Files() => StudyFiles.Of(this);

    /// <summary>What looking adds, as a question like the others: the trained network against itself with every gate held at its mean.</summary>
    private static IEnumerable<StudyQuestion> Looking(StudyReport report) =>
        from arm in report.Arms
        let looking = arm.Looking
        where looking is not null
        select new StudyQuestion
        {
            Network = arm.Network,
            Variant = arm.Variant,
            Against = Frozen,
            Sentence = $"Looking adds {StudyText.Looking(arm, " dB")} to {arm.Network} with {arm.Variant}; over seeds and images {StudyText.LookingOnImages(arm)}.",
            Decisive = looking,
            Differences = [looking],
        };

    private static string Yardstick(StudyAnswer answer) =>
        FormattableString.Invariant($"PSNR on {answer.Report.Dataset} by protocol {answer.Report.Protocol} at a level of {answer.Report.Level}");

    /// <summary>Leaves out answers whose runs are all among those of another one: a report of fewer seeds of the same experiment.</summary>
    private static IEnumerable<StudyAnswer> WithoutParts(IEnumerable<StudyAnswer> answers)
    {
        foreach (var same in answers.GroupBy(answer => (answer.Question.Network, answer.Asked, answer.Steps)))
        {
            var kept = new List<HashSet<(string, ulong, double)>>();
            foreach (var (answer, runs) in same.Select(answer => (answer, Runs(answer))).OrderByDescending(answer => answer.Item2.Count))
            {
                if (!kept.Exists(runs.IsSubsetOf))
                {
                    kept.Add(runs);
                    yield return answer;
                }
            }
        }
    }

    /// <summary>The runs that an answer rests on. Runs that are the same give the same numbers to the last bit; nothing else does.</summary>
    private static HashSet<(string Variant, ulong Seed, double Psnr)> Runs(StudyAnswer answer) =>
    [
        .. from cell in answer.Report.Cells
           where cell.Network == answer.Question.Network && (cell.Variant == answer.Question.Variant || cell.Variant == answer.Question.Against)
           where answer.Question.Against != Frozen || cell.FrozenGates is not null
           let set = cell.On(answer.Report.Dataset)
           where set is not null
           select (cell.Variant, cell.Seed, Sample.Mean(set.By(answer.Report.Protocol).Psnr)),
    ];
}
