namespace SuperRes.Imaging;

/// <summary>EXIF orientation (tag 274): where the first row and column of the stored pixels belong.</summary>
internal enum Orientation
{
    Upright = 1,
    MirroredHorizontally = 2,
    Rotated180 = 3,
    MirroredVertically = 4,
    Transposed = 5,
    NeedsQuarterTurnClockwise = 6,
    Transversed = 7,
    NeedsQuarterTurnCounterclockwise = 8,
}
