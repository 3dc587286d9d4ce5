using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// The few XMP properties that speak of orientation, size and what else the file holds, brought in line with the image.
/// The packet is changed as text, so that everything else in it stays exactly as it was.
/// </summary>
internal static partial class XmpPacket
{
    public static byte[] Upright(byte[] packet) => Replace(packet, OrientationValue(), "1");

    /// <summary>Whether the packet says that a video is appended to the photograph.</summary>
    public static bool ClaimsMotion(byte[] packet) => MotionClaim().IsMatch(Encoding.Latin1.GetString(packet));

    /// <summary>
    /// The packet without what is said of things appended to the first picture, which alone is read: HDR gain map (Adobe's
    /// hdrgm), motion photo (Google's GCamera), and the directory of such things (Google's Container); nor of the rest of a
    /// packet that a JPEG file holds in further segments (xmpNote:HasExtendedXMP), which are not read.
    /// </summary>
    public static byte[] WithoutAppended(byte[] packet)
    {
        var text = Encoding.Latin1.GetString(packet);
        var rest = AppendedAttribute().Replace(WithoutElements(text, AppendedTag()), "");
        return rest.Length == text.Length ? packet : Encoding.Latin1.GetBytes(rest);
    }

    public static byte[] WithSize(byte[] packet, int width, int height)
    {
        packet = PanoramaXmp.Scale(packet, width, height);
        packet = Replace(packet, WidthValue(), width.ToString(CultureInfo.InvariantCulture));
        return Replace(packet, HeightValue(), height.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The packet with every match of a pattern replaced; itself where there is none.</summary>
    public static byte[] Replace(byte[] packet, Regex value, MatchEvaluator replacement)
    {
        // Latin-1 maps every byte to one character and back, whatever the packet's real encoding.
        var text = Encoding.Latin1.GetString(packet);
        return value.IsMatch(text) ? Encoding.Latin1.GetBytes(value.Replace(text, replacement)) : packet;
    }

    /// <summary>The text without the elements that a pattern of start tags finds; the rest as it is where one has no end tag.</summary>
    private static string WithoutElements(string text, Regex startTag)
    {
        var rest = new StringBuilder();
        var at = 0;
        for (var tag = startTag.Match(text); tag.Success; tag = startTag.Match(text, at))
        {
            var end = tag.Index + tag.Length;
            if (!tag.ValueSpan.EndsWith("/>"))
            {
                var endTag = $"</{tag.Groups["name"].ValueSpan}>";
                var found = text.IndexOf(endTag, end, StringComparison.Ordinal);
                if (found < 0)
                {
                    break;
                }

                end = found + endTag.Length;
            }

            rest.Append(text, at, tag.Index - at);
            at = end;
        }

        return rest.Append(text, at, text.Length - at).ToString();
    }

    private static byte[] Replace(byte[] packet, Regex value, string replacement) => Replace(packet, value, _ => replacement);

    // Both forms of RDF: tiff:Orientation="6" and <tiff:Orientation>6</tiff:Orientation>.
    [GeneratedRegex("""(?<=\btiff:Orientation(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex OrientationValue();

    [GeneratedRegex("""(?<=\b(tiff:ImageWidth|exif:PixelXDimension)(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex WidthValue();

    [GeneratedRegex("""(?<=\b(tiff:ImageLength|exif:PixelYDimension)(\s*=\s*["']|\s*>\s*))\d+""", RegexOptions.ExplicitCapture)]
    private static partial Regex HeightValue();

    [GeneratedRegex("""\bG?Camera:(MotionPhoto|MicroVideo)(\s*=\s*["']|\s*>\s*)1""", RegexOptions.ExplicitCapture)]
    private static partial Regex MotionClaim();

    [GeneratedRegex("""\s(hdrgm:\w+|G?Camera:(MotionPhoto|MicroVideo)\w*|xmpNote:HasExtendedXMP)\s*=\s*("[^"]*"|'[^']*')""", RegexOptions.ExplicitCapture)]
    private static partial Regex AppendedAttribute();

    [GeneratedRegex("""<(?<name>hdrgm:\w+|G?Camera:(MotionPhoto|MicroVideo)\w*|G?Container:Directory|xmpNote:HasExtendedXMP)(\s[^<>]*)?>""", RegexOptions.ExplicitCapture)]
    private static partial Regex AppendedTag();
}
