using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SuperRes.Cli.CommandLine;
using SuperRes.Studio;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres studio</c>: the web page, until Ctrl-C.</summary>
internal sealed class StudioCommand
{
    private readonly Option<int> _port = CommonOptions.AtLeast("--port", 0, "-p");

    private readonly Option<IPAddress> _listen = new("--listen")
    {
        Description = "The address to listen on. Anything but this machine's own 127.0.0.1 asks visitors for a token, which is printed.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => IPAddress.TryParse(result.Tokens[0].Value, out var address)
            ? address
            : CommonOptions.Fail<IPAddress>(result, $"'{result.Tokens[0].Value}' is no IP address. Give one, such as 127.0.0.1, 0.0.0.0 (all) or ::1."),
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder for blind tests and their votes. Without it they are gone with the server.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _runs = new("--runs")
    {
        Description = "Folder of training runs and reports to browse.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _studies = new("--studies")
    {
        Description = "Folder of folders of results that blind tests can be made of: DIR/NAME/METHOD/picture.png.",
        HelpName = "DIR",
    };

    private readonly Option<int> _threads = CommonOptions.Threads();

    private StudioCommand()
    {
        _port.Description = "TCP port; 0 takes any free one.";
        _port.DefaultValueFactory = _ => StudioOptions.DefaultPort;
    }

    public static Command Create() => new StudioCommand().Build();

    private Command Build()
    {
        var command = new Command("studio", "The web page: upscale, compare, vote. Runs until Ctrl-C.") { _port, _listen, _data, _runs, _studies, _threads };
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var options = Read(context);
        await using var server = await StartAsync(options, context, cancellationToken).ConfigureAwait(false);
        context.Output.WriteLine(server.AddressToOpen);
        context.Terminal.Flush();
        context.Message("Open this address in a browser. Ctrl-C ends the server and removes what was uploaded.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }

        return ExitCode.Done;
    }

    private StudioOptions Read(CommandContext context)
    {
        var listen = context.Get(_listen)!;
        return new StudioOptions
        {
            Port = context.Get(_port),
            Listen = listen,
            Token = IPAddress.IsLoopback(listen) ? null : RandomNumberGenerator.GetHexString(32, lowercase: true),
            DataFolder = context.Get(_data),
            RunsFolder = context.Get(_runs),
            StudiesFolder = context.Get(_studies),
            Threads = context.Get(_threads),
        };
    }

    private static async Task<StudioServer> StartAsync(StudioOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await StudioServer.StartAsync(options, logging => Configure(logging, context), cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CommandException.CannotRunHere(
                $"{options.Listen} port {options.Port} can't be listened on: {exception.Message.TrimEnd('.')}. Choose another with --port, or 0 for any free one.", exception);
        }
    }

    private static void Configure(ILoggingBuilder logging, CommandContext context)
    {
        logging.SetMinimumLevel(context.Verbose ? LogLevel.Debug : context.Quiet ? LogLevel.Error : LogLevel.Information);
        logging.AddFilter("Microsoft", context.Verbose ? LogLevel.Information : LogLevel.Warning);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
