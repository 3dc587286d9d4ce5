using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Bench;
using SuperRes.Cli.Commands.Models;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres bench</c>: how long a network takes here, and how much memory.</summary>
internal sealed class BenchCommand
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "A name from 'models list', with random weights where none are here, or a weights file.",
        HelpName = "MODEL",
        Required = true,
    };

    private readonly Option<ImageSize?> _size = ImageSize.Option($"Size of the input. {ImageSize.Usual} unless the network takes one size only.");
    private readonly Option<int> _threads = CommonOptions.Threads();

    public static Command Create() => new BenchCommand().Build();

    private Command Build()
    {
        _model.CompletionSources.Add([.. NetworkCatalogue.Entries.Select(entry => entry.Name)]);
        var command = new Command("bench", "Time and memory of a network on this machine.") { _model, _size, _threads, CommonOptions.Json() };
        return command.Handle((context, cancellationToken) => Task.Run(() => Run(context, cancellationToken), cancellationToken));
    }

    private int Run(CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            NamedNetwork.RefuseClassical(context.Get(_model)!);
            var model = ModelLibrary.Default.LoadOrInitialize(context.Get(_model)!);
            if (model.Info.InitialSeed is not null)
            {
                context.Message($"note: no trained weights of {model.Name} are here; the weights are random, which takes the same time.");
            }

            var threads = context.Get(_threads) is > 0 and var given ? given : Environment.ProcessorCount;
            var result = EngineBenchmark.Run(model, context.Get(_size) ?? ImageSize.UsualFor(new GraphAnalysis(model.Graph)), threads, cancellationToken);
            if (context.Json)
            {
                context.WriteJson(result.WriteTo);
            }
            else
            {
                result.WriteTo(context.Output);
            }
        }
        catch (NotSupportedException exception)
        {
            throw CommandException.Usage($"{context.Get(_size)} is more than one image holds. Give a smaller --size.", exception);
        }
        catch (Exception exception) when (exception is ModelFileException or GraphException)
        {
            throw CommandException.Usage(exception.Message, exception);
        }

        return ExitCode.Done;
    }
}
