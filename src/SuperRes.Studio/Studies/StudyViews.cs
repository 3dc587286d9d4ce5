namespace SuperRes.Studio.Studies;

/// <summary>A new study.</summary>
/// <param name="Name">Names it for ever.</param>
/// <param name="Kind">pair: left or right; triple: also the same.</param>
/// <param name="Source">Where its pictures come from.</param>
internal sealed record StudyRequest(string Name, StudyKind Kind, StudySource Source);

/// <param name="Type">folder or models.</param>
/// <param name="Path">Of folder: one of the folders that GET /studies lists; a subfolder for each method, with pictures of the same names.</param>
/// <param name="Images">Of models: ids of uploaded images.</param>
/// <param name="Models">Of models: names of models.</param>
/// <param name="Scale">Of models: how many times larger.</param>
internal sealed record StudySource(
    string Type, string? Path = null, IReadOnlyList<string>? Images = null, IReadOnlyList<string>? Models = null, double Scale = 4);

/// <param name="Studies">All studies, by name.</param>
/// <param name="Folders">Folders that a new study's source.path may name.</param>
internal sealed record StudiesView(IReadOnlyList<StudyView> Studies, IReadOnlyList<string> Folders);

/// <param name="Name">Names it in other requests.</param>
/// <param name="Kind">pair or triple.</param>
/// <param name="State">preparing, ready or failed.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Methods">The methods that are compared.</param>
/// <param name="Images">How many pictures.</param>
/// <param name="Pairs">How many pairs one voter sees.</param>
/// <param name="Votes">How many votes there are.</param>
internal sealed record StudyView(string Name, StudyKind Kind, StudyState State, string? Error, IReadOnlyList<string> Methods, int Images, int Pairs, int Votes);

/// <summary>What a voter is to judge next.</summary>
/// <param name="Pair">Names it in the vote; null when there is nothing left.</param>
/// <param name="Study">Tells the study in the vote from others that had its name or will have it.</param>
/// <param name="Image">The picture's name.</param>
/// <param name="Left">Where the left picture is.</param>
/// <param name="Right">Where the right picture is.</param>
/// <param name="Original">Where the original is, if there is one.</param>
/// <param name="Done">How many pairs this voter has judged.</param>
/// <param name="Total">How many there are.</param>
internal sealed record PairView(string? Pair, string Study, string? Image, string? Left, string? Right, string? Original, int Done, int Total);

/// <param name="Voter">Who votes; the same name goes on where it stopped.</param>
/// <param name="Pair">What is judged.</param>
/// <param name="Choice">left, right, or, in a triple, same. A second vote on a pair replaces the first.</param>
/// <param name="Study">The pair's study; where given, a vote for one that was removed is not counted for another that has its name.</param>
internal sealed record VoteRequest(string Voter, string Pair, Choice Choice, string? Study = null);

/// <param name="Done">How many pairs this voter has judged.</param>
/// <param name="Total">How many there are.</param>
internal sealed record VoteView(int Done, int Total);

/// <param name="Votes">How many votes there are.</param>
/// <param name="Methods">Each method against all others, strongest first.</param>
/// <param name="Pairs">Each two methods.</param>
internal sealed record StudyResultsView(int Votes, IReadOnlyList<MethodResult> Methods, IReadOnlyList<PairResult> Pairs);

/// <param name="Name">The method.</param>
/// <param name="Wins">Votes for it.</param>
/// <param name="Losses">Votes against it.</param>
/// <param name="Ties">Votes that found it the same as another.</param>
/// <param name="Preference">Share of its votes that are for it, a tie counting half; null without votes.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson).</param>
/// <param name="High">Upper end.</param>
/// <param name="BradleyTerry">Natural logarithm of its strength, the mean of all being 0; null without votes.</param>
internal sealed record MethodResult(string Name, int Wins, int Losses, int Ties, double? Preference, double Low, double High, double? BradleyTerry);

/// <param name="A">One method.</param>
/// <param name="B">Another.</param>
/// <param name="AWins">Votes for A.</param>
/// <param name="BWins">Votes for B.</param>
/// <param name="Ties">Votes that found them the same.</param>
/// <param name="Rate">Share of the votes for A, a tie counting half; null without votes.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson).</param>
/// <param name="High">Upper end.</param>
internal sealed record PairResult(string A, string B, int AWins, int BWins, int Ties, double? Rate, double Low, double High);
