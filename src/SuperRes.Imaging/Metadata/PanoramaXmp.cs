using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SuperRes.Imaging.Metadata;

/// <summary>
/// Google's Photo Sphere properties (GPano), whose sizes and places count pixels of the image: viewers bend a panorama
/// wrongly when they no longer fit it. They scale by what the image's own two, CroppedAreaImageWidthPixels and
/// CroppedAreaImageHeightPixels, scale by.
/// </summary>
internal static partial class PanoramaXmp
{
    public static byte[] Scale(byte[] packet, int width, int height)
    {
        var text = Encoding.Latin1.GetString(packet);
        if (!TryRead(ImageWidth(), out var oldWidth) || !TryRead(ImageHeight(), out var oldHeight))
        {
            return packet;
        }

        packet = XmpPacket.Replace(packet, Horizontal(), match => Scaled(match, width / oldWidth));
        return XmpPacket.Replace(packet, Vertical(), match => Scaled(match, height / oldHeight));

        bool TryRead(Regex pattern, out double value) =>
            double.TryParse(pattern.Match(text).Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    private static string Scaled(Match match, double factor)
    {
        var scaled = Math.Round(double.Parse(match.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * factor);
        return double.IsFinite(scaled) ? scaled.ToString("0", CultureInfo.InvariantCulture) : match.Value;
    }

    [GeneratedRegex("""(?<=\bGPano:CroppedAreaImageWidthPixels(\s*=\s*["']|\s*>\s*))\d+(\.\d+)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex ImageWidth();

    [GeneratedRegex("""(?<=\bGPano:CroppedAreaImageHeightPixels(\s*=\s*["']|\s*>\s*))\d+(\.\d+)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex ImageHeight();

    [GeneratedRegex("""(?<=\bGPano:((CroppedAreaImageWidth|FullPanoWidth|CroppedAreaLeft)Pixels|LargestValidInteriorRect(Width|Left))(\s*=\s*["']|\s*>\s*))\d+(\.\d+)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Horizontal();

    [GeneratedRegex("""(?<=\bGPano:((CroppedAreaImageHeight|FullPanoHeight|CroppedAreaTop)Pixels|LargestValidInteriorRect(Height|Top))(\s*=\s*["']|\s*>\s*))\d+(\.\d+)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Vertical();
}
