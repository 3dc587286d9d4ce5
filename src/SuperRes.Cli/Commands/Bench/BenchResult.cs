using System.Text.Json;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands.Bench;

/// <summary>What <c>superres bench</c> prints.</summary>
/// <param name="Model">The network.</param>
/// <param name="Size">Size of the input.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Milliseconds">Median of the runs.</param>
/// <param name="Operations">Multiplications and additions of the network as it is written; a faster algorithm shows as more of them per second.</param>
/// <param name="PeakBytes">The most memory that the whole process held.</param>
internal sealed record BenchResult(string Model, ImageSize Size, int Threads, double Milliseconds, double Operations, long PeakBytes)
{
    private double GigaflopsPerSecond => Operations / Milliseconds / 1e6;

    private double PeakMegabytes => PeakBytes / 1e6;

    public void WriteTo(TextWriter output) => output.WriteLine(FormattableString.Invariant(
        $"{Model} {Size} on {Threads} {(Threads == 1 ? "thread" : "threads")}: {Milliseconds:0.0} ms, {GigaflopsPerSecond:0} GFLOP/s, peak memory {PeakMegabytes:0} MB"));

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", Model);
        json.WriteNumber("width", Size.Width);
        json.WriteNumber("height", Size.Height);
        json.WriteNumber("threads", Threads);
        json.WriteNumber("ms", Math.Round(Milliseconds, 3));
        json.WriteNumber("gflops", Math.Round(GigaflopsPerSecond, 1));
        json.WriteNumber("peakMB", Math.Round(PeakMegabytes, 1));
        json.WriteEndObject();
    }
}
