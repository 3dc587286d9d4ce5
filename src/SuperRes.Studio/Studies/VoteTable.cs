namespace SuperRes.Studio.Studies;

/// <summary>How often each method was preferred to each other one.</summary>
internal sealed class VoteTable(int methods)
{
    private readonly int[,] _wins = new int[methods, methods];
    private readonly int[,] _ties = new int[methods, methods];

    public int Methods { get; } = methods;

    /// <summary>Adds votes between two methods.</summary>
    public void Add(int a, int b, int aWins, int bWins, int ties)
    {
        _wins[a, b] += aWins;
        _wins[b, a] += bWins;
        _ties[a, b] += ties;
        _ties[b, a] += ties;
    }

    /// <summary>Votes for a and against b.</summary>
    public int Wins(int a, int b) => _wins[a, b];

    /// <summary>Votes that found a and b the same.</summary>
    public int Ties(int a, int b) => _ties[a, b];

    /// <summary>All votes between a and b.</summary>
    public int Votes(int a, int b) => _wins[a, b] + _wins[b, a] + _ties[a, b];

    /// <summary>Wins, losses and ties of a method against all others.</summary>
    public (int Wins, int Losses, int Ties) Totals(int method)
    {
        var (wins, losses, ties) = (0, 0, 0);
        for (var other = 0; other < Methods; other++)
        {
            wins += _wins[method, other];
            losses += _wins[other, method];
            ties += _ties[method, other];
        }

        return (wins, losses, ties);
    }

    /// <summary>
    /// Whether every method has beaten or tied every other one directly or along a chain: only then are all strengths finite
    /// (Ford 1957).
    /// </summary>
    public bool IsConnected() => Reaches(forwards: true) && Reaches(forwards: false);

    private bool Reaches(bool forwards)
    {
        var seen = new bool[Methods];
        var open = new Stack<int>([0]);
        seen[0] = true;
        while (open.TryPop(out var from))
        {
            for (var to = 0; to < Methods; to++)
            {
                if (!seen[to] && (_ties[from, to] > 0 || (forwards ? _wins[from, to] : _wins[to, from]) > 0))
                {
                    seen[to] = true;
                    open.Push(to);
                }
            }
        }

        return Array.TrueForAll(seen, isSeen => isSeen);
    }
}
