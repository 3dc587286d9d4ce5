namespace SuperRes.Pixels;

/// <summary>Rows of an image.</summary>
/// <param name="Start">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct RowSpan(int Start, int Count);
