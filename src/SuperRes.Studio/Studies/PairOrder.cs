using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SuperRes.Studio.Studies;

/// <summary>
/// The pairs of a study in a voter's own order, each with its sides shuffled: a function of the study's secret seed and the
/// voter's name, so that who comes back goes on with the same, and nobody can work out which side is which.
/// </summary>
internal sealed class PairOrder(string seed, int pictures, int methods)
{
    public int Count { get; } = pictures * methods * (methods - 1) / 2;

    /// <summary>All pairs by their numbers, in the order in which a voter sees them.</summary>
    public IEnumerable<int> Of(string voter) => Enumerable.Range(0, Count).OrderBy(pair => Random(voter, pair, "order"));

    /// <summary>What a pair compares: the first method has the lower number.</summary>
    public (int Picture, int First, int Second) Find(int pair)
    {
        var perPicture = methods * (methods - 1) / 2;
        var rest = pair % perPicture;
        var first = 0;
        while (rest >= methods - 1 - first)
        {
            rest -= methods - 1 - first;
            first++;
        }

        return (pair / perPicture, first, first + 1 + rest);
    }

    /// <summary>Whether a voter sees the first method on the right.</summary>
    public bool IsSwapped(string voter, int pair) => (Random(voter, pair, "side") & 1) != 0;

    private ulong Random(string voter, int pair, string use)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}\n{use}\n{pair}\n{voter}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
