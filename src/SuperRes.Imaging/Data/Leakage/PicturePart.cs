namespace SuperRes.Imaging.Data.Leakage;

/// <summary>The square of a picture's details that has most in it, to look for in other pictures.</summary>
/// <param name="X">Where it lies in its own picture, in samples of <see cref="PictureDetail"/>.</param>
/// <param name="Y">The same, down.</param>
/// <param name="Values">Row by row; the sum of squares is 1.</param>
/// <param name="Contrast">Root mean square before that, in levels of 255.</param>
internal sealed record PicturePart(int X, int Y, float[] Values, double Contrast);
