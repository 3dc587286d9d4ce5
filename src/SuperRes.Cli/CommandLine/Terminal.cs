using System.Text;

namespace SuperRes.Cli.CommandLine;

/// <summary>Where a command reads and writes. Tests hand in their own; nothing below the entry point touches <see cref="Console"/>.</summary>
internal sealed class Terminal
{
    /// <summary>Image data that a command reads for the input <c>-</c>.</summary>
    public required Stream InputStream { get; init; }

    /// <summary>Image data that a command writes for the output <c>-</c>.</summary>
    public required Stream OutputStream { get; init; }

    /// <summary>Results as text.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Messages and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person watches stdin, so that reading an image from it would hang.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether a person watches stdout, so that image data must not go there.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether progress may be drawn and redrawn on stderr.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The process's own streams. Results are flushed by <see cref="Flush"/>.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = Console.OpenStandardOutput();
        return new Terminal
        {
            InputStream = Console.OpenStandardInput(),
            OutputStream = output,
            Output = new StreamWriter(output, utf8) { NewLine = "\n" },
            Error = TextWriter.Synchronized(new StreamWriter(new MessageStream(Console.OpenStandardError()), utf8) { AutoFlush = true, NewLine = "\n" }),
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    public void Flush()
    {
        Output.Flush();
        OutputStream.Flush();
    }
}
