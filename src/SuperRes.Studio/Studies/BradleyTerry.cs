namespace SuperRes.Studio.Studies;

/// <summary>
/// Strengths from paired comparisons: Bradley and Terry (1952), with ties by Davidson (1970, JASA 65, 317).
/// <code>
/// P(i over j) = p_i / D,   P(same) = v sqrt(p_i p_j) / D,   D = p_i + p_j + v sqrt(p_i p_j)
/// </code>
/// Fitted by minorisation-maximisation (Hunter 2004, Annals of Statistics 32, 384): the likelihood never falls. With
/// s_i = wins + ties / 2, n_ij votes and T ties in all, one step is
/// <code>
/// p_i = s_i / sum_j n_ij (1 + v/2 sqrt(p_j / p_i)) / D_ij,   v = T / sum_{i&lt;j} n_ij sqrt(p_i p_j) / D_ij
/// </code>
/// the square root being majorised by its tangent, the arithmetic mean.
/// </summary>
internal sealed class BradleyTerry
{
    private const int MostSteps = 20_000;
    private const double Tolerance = 1e-10;

    private readonly VoteTable _votes;
    private readonly double _prior;
    private readonly double[] _strengths;
    private double _tie;

    private BradleyTerry(VoteTable votes, double prior)
    {
        (_votes, _prior) = (votes, prior);
        _strengths = new double[votes.Methods];
        Array.Fill(_strengths, 1);
        _tie = HasTies() ? 1 : 0;
    }

    /// <summary>
    /// Natural logarithms of the strengths, their mean 0: a method that is 1 above another is preferred to it e = 2.7 times
    /// as often as the other way round.
    /// </summary>
    /// <param name="votes">The votes.</param>
    /// <returns>
    /// One number for each method. Where votes leave a strength infinite (a method that never lost), every two methods are
    /// given one more vote, half for each, and so all stay finite.
    /// </returns>
    public static IReadOnlyList<double> LogStrengths(VoteTable votes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        var fit = new BradleyTerry(votes, votes.IsConnected() ? 0 : 0.5);
        for (var step = 0; step < MostSteps && fit.Step() > Tolerance; step++)
        {
        }

        var logs = Array.ConvertAll(fit._strengths, Math.Log);
        var mean = logs.Average();
        return Array.ConvertAll(logs, log => log - mean);
    }

    /// <returns>The largest change of a logarithm.</returns>
    private double Step()
    {
        var change = 0.0;
        var methods = _votes.Methods;

        // One method after the other, with the newest values: the likelihood rises with each.
        for (var i = 0; i < methods; i++)
        {
            var (wins, sum) = (0.0, 0.0);
            for (var j = 0; j < methods; j++)
            {
                if (j != i)
                {
                    wins += _votes.Wins(i, j) + (_votes.Ties(i, j) / 2.0) + _prior;
                    sum += Count(i, j) * (1 + (_tie / 2 * Math.Sqrt(_strengths[j] / _strengths[i]))) / Denominator(i, j);
                }
            }

            if (sum > 0 && wins > 0)
            {
                var next = wins / sum;
                change = Math.Max(change, Math.Abs(Math.Log(next / _strengths[i])));
                _strengths[i] = next;
            }
        }

        if (_tie > 0)
        {
            var next = TieStep();
            change = Math.Max(change, Math.Abs(Math.Log(next / _tie)));
            _tie = next;
        }

        return change;
    }

    private double TieStep()
    {
        var (ties, sum) = (0.0, 0.0);
        for (var i = 0; i < _votes.Methods; i++)
        {
            for (var j = i + 1; j < _votes.Methods; j++)
            {
                ties += _votes.Ties(i, j);
                sum += Count(i, j) * Math.Sqrt(_strengths[i] * _strengths[j]) / Denominator(i, j);
            }
        }

        return ties / sum;
    }

    private double Count(int i, int j) => _votes.Votes(i, j) + (2 * _prior);

    private double Denominator(int i, int j) => _strengths[i] + _strengths[j] + (_tie * Math.Sqrt(_strengths[i] * _strengths[j]));

    private bool HasTies()
    {
        for (var i = 0; i < _votes.Methods; i++)
        {
            for (var j = i + 1; j < _votes.Methods; j++)
            {
                if (_votes.Ties(i, j) > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
