using System.Text;

namespace SuperRes.Studio.Studies;

/// <summary>Votes as CSV (RFC 4180): a line for each, to be judged by any statistics program.</summary>
internal static class VotesCsv
{
    public static string Write(IReadOnlyList<VoteRecord> votes)
    {
        var text = new StringBuilder("voted,voter,image,left,right,preferred\r\n");
        foreach (var vote in votes)
        {
            var (left, right) = vote.Swapped ? (vote.Second, vote.First) : (vote.First, vote.Second);
            var preferred = vote.Choice switch { 1 => vote.First, 2 => vote.Second, _ => "same" };
            text.AppendJoin(',', ((string[])[vote.Voted, vote.Voter, vote.Picture, left, right, preferred]).Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(string value)
    {
        // A spreadsheet takes what begins so for a formula; voters choose their names.
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
