using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// The few XMP properties that repeat EXIF's orientation and size, brought in line with the pixels. The packet is
/// changed as text, so that everything else in it stays exactly as it was.
/// </summary>
internal static partial class XmpPacket
{
    public static byte[] Upright(byte[] packet) => Replace(packet, OrientationValue(), "1");

    public static byte[] WithSize(byte[] packet, int width, int height)
    {
        packet = Replace(packet, WidthValue(), width.ToString(CultureInfo.InvariantCulture));
        return Replace(packet, HeightValue(), height.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Replace(byte[] packet, Regex value, string replacement)
    {
        // Latin-1 maps every byte to one character and back, whatever the packet's real encoding.
        var text = Encoding.Latin1.GetString(packet);
        return value.IsMatch(text) ? Encoding.Latin1.GetBytes(value.Replace(text, replacement)) : packet;
    }

    // Both forms of RDF: tiff:Orientation="6" and <tiff:Orientation>6</tiff:Orientation>.
    [GeneratedRegex("""(?<=\btiff:Orientation(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex OrientationValue();

    [GeneratedRegex("""(?<=\b(tiff:ImageWidth|exif:PixelXDimension)(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex WidthValue();

    [GeneratedRegex("""(?<=\b(tiff:ImageLength|exif:PixelYDimension)(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex HeightValue();
}
