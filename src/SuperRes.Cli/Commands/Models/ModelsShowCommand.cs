using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models show</c>: one network, in numbers and as a layer table.</summary>
internal sealed class ModelsShowCommand
{
    private readonly Argument<string> _model = NamedNetwork.Argument();
    private readonly Option<ImageSize?> _size = ImageSize.Option($"Size of the input for which shapes and work are given. {ImageSize.Usual} unless the network takes one size only.");

    public static Command Create() => new ModelsShowCommand().Build();

    private Command Build()
    {
        var command = new Command("show", "Parameters, work, memory, receptive field and layers of a network.") { _model, _size, CommonOptions.Json() };
        return command.Handle((context, _) => Task.FromResult(Run(context)));
    }

    private int Run(CommandContext context)
    {
        var network = NamedNetwork.Find(context.Get(_model)!);
        var graph = network.Options.BuildGraph();
        var analysis = new GraphAnalysis(graph);
        var size = context.Get(_size) ?? ImageSize.UsualFor(analysis);
        try
        {
            var description = new ModelDescription(network, graph, analysis, size);
            if (context.Json)
            {
                context.WriteJson(description.WriteTo);
            }
            else
            {
                description.WriteTo(context.Output);
            }
        }
        catch (GraphException exception)
        {
            throw CommandException.Usage($"{network.Name} takes inputs of {ModelText.InputSizes(analysis)}, got {size}. {exception.Message}", exception);
        }

        return ExitCode.Done;
    }
}
