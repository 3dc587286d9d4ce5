namespace SuperRes.Engine.Planning;

/// <summary>Rows of a map, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
internal readonly record struct RowRange(int Start, int End)
{
    public int Count => Math.Max(0, End - Start);

    /// <summary>All rows, of a map of any height.</summary>
    public static RowRange All { get; } = new(int.MinValue, int.MaxValue);

    /// <summary>The quotient rounded down; rows above the image have negative numbers.</summary>
    public static int FloorDivide(int dividend, int divisor) => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    /// <summary>The part within a map of the given height.</summary>
    public RowRange Within(int height) => new(Math.Clamp(Start, 0, height), Math.Clamp(End, 0, height));
}
