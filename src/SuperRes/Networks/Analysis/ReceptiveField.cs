namespace SuperRes.Networks.Analysis;

/// <summary>
/// How far around a pixel of the input a network looks to compute the pixels of the output that lie on it, in pixels of
/// the input: the overlap that tiles need.
/// </summary>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Right">Columns to the right.</param>
/// <param name="Alignment">Tiles begin at multiples of this; above 1 where the network reduces the size on the way.</param>
public readonly record struct ReceptiveField(int Top, int Bottom, int Left, int Right, int Alignment)
{
    /// <summary>The largest of the four.</summary>
    public int Largest => Math.Max(Math.Max(Top, Bottom), Math.Max(Left, Right));

    /// <inheritdoc/>
    public override string ToString() => Top == Bottom && Left == Right && Top == Left
        ? $"{Largest} px each way"
        : $"{Top} px above, {Bottom} below, {Left} left, {Right} right";
}
