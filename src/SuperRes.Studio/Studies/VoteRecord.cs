namespace SuperRes.Studio.Studies;

/// <summary>One vote.</summary>
/// <param name="Voter">Who.</param>
/// <param name="Picture">On what.</param>
/// <param name="First">A method.</param>
/// <param name="Second">Another.</param>
/// <param name="Choice">1 for the first, 2 for the second, 0 for the same.</param>
/// <param name="Swapped">Whether the first was on the right.</param>
/// <param name="Voted">When, UTC.</param>
internal sealed record VoteRecord(string Voter, string Picture, string First, string Second, int Choice, bool Swapped, string Voted);
