using SuperRes.Pixels;

namespace SuperRes.Studio.Images;

/// <summary>What the API tells of an uploaded image.</summary>
/// <param name="Id">Names it in other requests.</param>
/// <param name="Name">The file's name as the user gave it.</param>
/// <param name="Width">Width in pixels, upright.</param>
/// <param name="Height">Height in pixels, upright.</param>
/// <param name="Format">The format, by the file's content.</param>
/// <param name="Bits">Bits per sample: 8, 16 or 32.</param>
/// <param name="Color">gray, grayAlpha, rgb or rgba.</param>
/// <param name="Alpha">Whether it has transparency.</param>
/// <param name="IccProfile">Whether a colour profile is embedded.</param>
/// <param name="Bytes">Size of the file.</param>
internal sealed record ImageView(
    string Id, string Name, int Width, int Height, string Format, int Bits, ColorModel Color, bool Alpha, bool IccProfile, long Bytes);
