using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models init</c>: a model file with random weights.</summary>
internal sealed class ModelsInitCommand
{
    private readonly Argument<string> _model = NamedNetwork.Argument();
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same weights on every machine.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string> _output = ModelOutput.Option();

    public static Command Create() => new ModelsInitCommand().Build();

    private Command Build()
    {
        var command = new Command("init", "Write a model file with random weights, to try a network before it is trained.") { _model, _seed, _output, CommonOptions.Json() };
        return command.Handle((context, _) => Task.FromResult(Run(context)));
    }

    private int Run(CommandContext context)
    {
        var (seed, path) = (context.Get(_seed), context.Get(_output)!);
        var network = NamedNetwork.Find(context.Get(_model)!);
        ModelOutput.Check(path, context.Get(_model)!);
        var model = Model.Initialize(network.Options, seed, network.Name);
        ModelOutput.Save(model, path);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("model", model.Name);
                json.WriteNumber("seed", seed);
                json.WriteString("path", path);
                json.WriteNumber("parameters", model.Graph.TrainableCount);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Message($"{model.Name} with random weights of seed {seed} -> {path}. It has learned nothing yet: train it before judging its images.");
        }

        return ExitCode.Done;
    }
}
