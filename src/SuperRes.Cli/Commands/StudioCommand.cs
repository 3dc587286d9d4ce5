using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Studio;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres studio</c>: the web page, until Ctrl-C.</summary>
internal sealed class StudioCommand
{
    private const string DefaultRuns = "runs";

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
        Description = "Folder for blind tests and their votes. Without it, 'superres' in your user's data folder.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _runs = new("--runs")
    {
        Description = "Folder of training runs and reports to browse; 'runs' where there is one.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _studies = new("--studies")
    {
        Description = "Folder of folders of results that blind tests can be made of: DIR/NAME/METHOD/picture.png.",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "A weights file to offer beside the models that are found anyway; may be given again.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the default browser." };

    private readonly StudioLimitOptions _limits = new();
    private readonly Option<int> _threads = CommonOptions.Threads();

    private StudioCommand()
    {
        _port.Description = "TCP port; 0 takes any free one.";
        _port.DefaultValueFactory = _ => StudioOptions.DefaultPort;
    }

    public static Command Create() => new StudioCommand().Build();

    private Command Build()
    {
        var command = new Command("studio", "The web page: upscale, compare, vote. Runs until Ctrl-C.") { _port, _listen, _models, _data, _runs, _studies, _open, _threads };
        _limits.AddTo(command);
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var options = Read(context);
        await using var server = await StartAsync(options, context, cancellationToken).ConfigureAwait(false);
        context.Output.WriteLine(server.AddressToOpen);
        context.Terminal.Flush();
        context.Message("Open this address in a browser. Ctrl-C ends the server and removes what was uploaded.");
        if (context.Get(_open))
        {
            Open(server.AddressToOpen, context);
        }

        // Ctrl-C is how it ends.
        await server.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested
            ? ExitCode.Done
            : throw CommandException.CannotRunHere("The server ended by itself; the lines above say why.");
    }

    private StudioOptions Read(CommandContext context)
    {
        var listen = context.Get(_listen)!;
        return new StudioOptions
        {
            Port = context.Get(_port),
            Listen = listen,
            Token = IPAddress.IsLoopback(listen) ? null : RandomNumberGenerator.GetHexString(32, lowercase: true),
            DataFolder = Made(context.Get(_data)) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "superres"),
            RunsFolder = Existing(context.Get(_runs), "--runs") ?? (Directory.Exists(DefaultRuns) ? DefaultRuns : null),
            StudiesFolder = Existing(context.Get(_studies), "--studies"),
            Threads = context.Get(_threads),
            ModelFiles = [.. (context.Get(_models) ?? []).Select(Usable)],
            Limits = _limits.Read(context),
        };
    }

    private static void Open(Uri address, CommandContext context)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            context.Message($"note: no browser could be started ({exception.Message}).");
        }
    }

    private static string Usable(string file)
    {
        try
        {
            ModelFile.Describe(file);
            return file;
        }
        catch (ModelFileException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static string? Made(string? folder)
    {
        if (folder is null)
        {
            return null;
        }

        if (File.Exists(folder))
        {
            throw CommandException.Usage($"'{folder}' can't be the folder for --data: it is a file. Name a folder.");
        }

        OutputFolder.Prepare(folder, "--data");
        return Path.GetFullPath(folder);
    }

    private static string? Existing(string? folder, string option) => folder is null || Directory.Exists(folder)
        ? folder
        : throw CommandException.Usage($"There is no folder '{folder}' for {option}. Check the path.");

    private static async Task<StudioServer> StartAsync(StudioOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await StudioServer.StartAsync(options, logging => Configure(logging, context), cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage(Evaluation.FailureText.Of(exception), exception);
        }
        catch (InvalidDataException exception)
        {
            throw CommandException.CannotRunHere(exception.Message, exception);
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

        // It writes whole addresses, also the one with the token; the studio logs its requests itself.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        // The host logs as an error, with its stack, what it throws as well and is said in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
