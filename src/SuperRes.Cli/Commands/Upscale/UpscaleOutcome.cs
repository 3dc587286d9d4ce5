using System.Text.Json;
using SuperRes.Imaging;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>What became of one job: done, skipped, or failed with <see cref="Error"/>.</summary>
internal sealed record UpscaleOutcome(UpscaleJob Job)
{
    public bool IsSkipped { get; init; }

    /// <summary>One sentence; null where it went well.</summary>
    public string? Error { get; init; }

    /// <summary>What enlarged it; null where nothing did.</summary>
    public string? Method { get; init; }

    /// <summary>What it was written as; null where nothing was.</summary>
    public ImageFormat? Format { get; init; }

    public (int Width, int Height) InputSize { get; init; }

    public (int Width, int Height) OutputSize { get; init; }

    /// <summary>From reading to writing.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>One sentence for each thing that could not be kept, or that was done in another way than may be expected.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>That another model is made for such an image; null where it isn't so.</summary>
    public string? Advice { get; init; }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("input", Job.Input.Path);
        json.WriteString("output", Job.OutputPath);
        json.WriteString("status", Error is not null ? "failed" : IsSkipped ? "skipped" : "done");
        if (Error is not null)
        {
            json.WriteString("error", Error);
        }
        else if (!IsSkipped)
        {
            json.WriteString("model", Method);
            json.WriteNumber("inputWidth", InputSize.Width);
            json.WriteNumber("inputHeight", InputSize.Height);
            json.WriteNumber("width", OutputSize.Width);
            json.WriteNumber("height", OutputSize.Height);
            json.WriteNumber("ms", Math.Round(Time.TotalMilliseconds, 1));
            json.WriteStartArray("notes");
            foreach (var note in Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            if (Advice is not null)
            {
                json.WriteString("advice", Advice);
            }
        }

        json.WriteEndObject();
    }
}
