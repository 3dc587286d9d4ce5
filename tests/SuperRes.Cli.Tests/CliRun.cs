using System.Text;
using System.Text.Json;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests;

/// <summary>One run of the command inside the test's process, with the streams and exit code that a shell would see.</summary>
internal sealed record CliRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The output as JSON; fails where it is not exactly one document.</summary>
    public JsonElement Json => JsonDocument.Parse(OutputBytes).RootElement.Clone();

    public static Task<CliRun> RunAsync(params string[] arguments) => RunAsync([], CancellationToken.None, arguments);

    public static async Task<CliRun> RunAsync(byte[] input, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var terminal = new Terminal
        {
            InputStream = new MemoryStream(input),
            OutputStream = output,
            Output = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" },
            Error = TextWriter.Synchronized(error),
        };
        var exitCode = await App.RunAsync(arguments, terminal, cancellationToken);
        return new CliRun(exitCode, output.ToArray(), error.ToString());
    }
}
