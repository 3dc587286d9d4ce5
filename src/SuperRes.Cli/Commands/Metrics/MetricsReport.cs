using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Metrics;

namespace SuperRes.Cli.Commands.Metrics;

/// <summary>One pair's scores under each protocol; null where the image is too small for what the protocol cuts off.</summary>
internal sealed record MetricsReport(
    string Image, string Reference, int Width, int Height, int Scale, IReadOnlyList<(Protocol Protocol, QualityScore? Score)> Scores)
{
    public void WriteTo(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{Image} against {Reference}, {Width}x{Height}, edges cut as for x{Scale}"));
        output.WriteLine();
        output.WriteLine("protocol   PSNR (dB)    SSIM  cut  measured");
        foreach (var (protocol, score) in Scores)
        {
            var measured = protocol.Channels == MeasuredChannels.Luma ? "luma (BT.601)" : "RGB";
            output.WriteLine(score is { } value
                ? FormattableString.Invariant($"{protocol.Name,-10} {Decibels(value.Psnr),9}  {value.Ssim:0.0000}  {protocol.Shave(Scale),3}  {measured}{Extra(value)}")
                : FormattableString.Invariant($"{protocol.Name,-10} {"-",9}  {"-",6}  {protocol.Shave(Scale),3}  {measured}; the image is too small for this"));
        }
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("image", Image);
        json.WriteString("reference", Reference);
        json.WriteNumber("width", Width);
        json.WriteNumber("height", Height);
        json.WriteNumber("scale", Scale);
        json.WriteStartArray("results");
        foreach (var (protocol, score) in Scores)
        {
            WriteTo(json, protocol, score);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTo(Utf8JsonWriter json, Protocol protocol, QualityScore? score)
    {
        var card = protocol.Card;
        json.WriteStartObject();
        json.WriteStartObject("protocol");
        json.WriteString("name", card.Name);
        json.WriteString("channel", card.Channel);
        json.WriteString("gray", card.Gray);
        json.WriteString("shave", card.Shave);
        json.WriteNumber("peak", card.Peak);
        json.WriteString("window", card.Window);
        json.WriteString("rounding", card.Rounding);
        json.WriteEndObject();
        json.WriteNumber("cut", protocol.Shave(Scale));
        JsonOutput.WriteReal(json, "psnr", score?.Psnr);
        JsonOutput.WriteReal(json, "ssim", score?.Ssim);
        if (score?.PsnrPrintedPeak is { } printed)
        {
            JsonOutput.WriteReal(json, "psnrPrintedPeak", printed);
        }

        if (score?.PsnrGrayDirect is { } direct)
        {
            JsonOutput.WriteReal(json, "psnrGrayDirect", direct);
        }

        json.WriteEndObject();
    }

    private static string Extra(QualityScore score) =>
        score.PsnrPrintedPeak is { } printed ? $"; {Decibels(printed)} dB with the reference's maximum as the peak"
        : score.PsnrGrayDirect is { } direct ? $"; {Decibels(direct)} dB with the gray values used directly"
        : "";

    private static string Decibels(double value) =>
        double.IsPositiveInfinity(value) ? "infinite" : FormattableString.Invariant($"{value:0.000}");
}
