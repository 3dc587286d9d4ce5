using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SuperRes.Cli.CommandLine;

/// <summary>Writes the one JSON document of a command.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>UTF-8, indented, with a line end after it; nothing where writing it fails.</summary>
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, Format))
        {
            write(writer);
        }

        terminal.Output.Flush();
        terminal.OutputStream.Write(document.WrittenSpan);
        terminal.Output.WriteLine();
    }

    /// <summary>Writes a number; what JSON has no number for becomes a string (<c>"Infinity"</c>), what is absent null.</summary>
    public static void WriteReal(Utf8JsonWriter json, string name, double? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else if (double.IsFinite(value.Value))
        {
            json.WriteNumber(name, value.Value);
        }
        else
        {
            json.WriteString(name, value.Value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
