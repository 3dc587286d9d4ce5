using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SuperRes.Cli.CommandLine;

/// <summary>Where a command reads and writes. Tests hand in their own; nothing below the entry point touches <see cref="Console"/>.</summary>
internal sealed class Terminal
{
    /// <summary>Image data that a command reads for the input <c>-</c>.</summary>
    public required Stream InputStream { get; init; }

    /// <summary>Results as bytes.</summary>
    public required Stream OutputStream { get; init; }

    /// <summary>Opens what takes the image data of the output <c>-</c>, and fails where nobody reads it; null for <see cref="OutputStream"/>.</summary>
    public Func<Stream>? OpenImageOutput { get; init; }

    /// <summary>Results as text, made harmless to a terminal.</summary>
    public required TextWriter Output { get; init => field = new PrintableWriter(value); }

    /// <summary>Messages, made harmless to a terminal.</summary>
    public required TextWriter Error { get; init => field = new PrintableWriter(RawError = value); }

    /// <summary>Where messages go, for what draws on it.</summary>
    public TextWriter RawError { get; private init; } = TextWriter.Null;

    /// <summary>Whether a person watches stdin, so that reading an image from it would hang.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether a person watches stdout, so that image data must not go there.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether progress may be drawn and redrawn on stderr.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The process's own streams. Results are flushed by <see cref="Flush"/> and before each message.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = Console.OpenStandardOutput();
        return new Terminal
        {
            InputStream = Console.OpenStandardInput(),
            OutputStream = output,
            OpenImageOutput = () => PipeOfProcess() ?? output,
            Output = TextWriter.Synchronized(new StreamWriter(output, utf8) { NewLine = "\n" }),
            Error = TextWriter.Synchronized(new StreamWriter(new MessageStream(Console.OpenStandardError()), utf8) { AutoFlush = true, NewLine = "\n" }),
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    /// <summary>Image data for <c>-o -</c>. Not to be disposed.</summary>
    public Stream ImageOutput() => OpenImageOutput?.Invoke() ?? OutputStream;

    /// <summary>
    /// Stdout as a pipe, which tells when its reader has gone: the console's stream passes that over, which is right for text
    /// (<c>| head</c>) and wrong for an image that nobody gets. Null where stdout is no pipe; a file must be written through
    /// the console's stream, because a <see cref="FileStream"/> leaves the position that other programs go on from.
    /// </summary>
    private static FileStream? PipeOfProcess()
    {
        const int StandardOutput = 1;
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return null;
        }

        var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? null : stream;
    }

    public void Flush()
    {
        Output.Flush();
        OutputStream.Flush();
    }
}
