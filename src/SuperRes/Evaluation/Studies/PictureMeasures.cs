namespace SuperRes.Evaluation.Studies;

/// <summary>
/// What can be seen in a picture, measured: lines beside edges that the original does not have, and where in the
/// spectrum the error lies.
/// </summary>
/// <param name="Overshoot">
/// How much brighter than anything near it in the original the result is, beside strong edges: 8-bit levels, mean over
/// those pixels. White lines.
/// </param>
/// <param name="Undershoot">How much darker: black lines.</param>
/// <param name="BandErrors">
/// Root of the mean squared error that lies in each of four bands of frequency, 8-bit levels; their squares add up to
/// the mean squared error. From 0 to a quarter of the highest frequency (at x4 what the low-resolution image can hold),
/// to half, to three quarters, and above.
/// </param>
public sealed record PictureMeasures(double Overshoot, double Undershoot, double[] BandErrors);
