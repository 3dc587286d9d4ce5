using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Onnx;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models export</c>: a network for other runtimes.</summary>
internal sealed class ModelsExportCommand
{
    private const string Extension = ".onnx";

    private readonly Argument<string> _model = NamedNetwork.Argument();
    private readonly Option<string> _onnx = new("--onnx") { Description = "The ONNX file to write; one that is there is replaced.", HelpName = "FILE", Required = true };
    private readonly Option<bool> _dynamicBatch = new("--dynamic-batch") { Description = "Let the network take any number of images at once, not one." };

    public static Command Create() => new ModelsExportCommand().Build();

    private Command Build()
    {
        var command = new Command("export", "Write a network as ONNX: input x [1, 3, h, w], output y, height and width free.") { _model, _onnx, _dynamicBatch, CommonOptions.Json() };
        return command.Handle((context, _) => Task.FromResult(Run(context)));
    }

    private int Run(CommandContext context)
    {
        var (name, path) = (context.Get(_model)!, context.Get(_onnx)!);
        ModelOutput.RefuseInputs(path, name);
        if (!Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"'{path}' is no name of an ONNX file. End it in {Extension}.");
        }

        var model = NamedNetwork.LoadOrInitialize(name);
        try
        {
            OnnxWriter.Write(model, path, new OnnxOptions(context.Get(_dynamicBatch)));
        }
        catch (ModelFileException exception)
        {
            throw CommandException.Failed(exception.Message, exception);
        }

        Report(context, model, path);
        return ExitCode.Done;
    }

    private static void Report(CommandContext context, Model model, string path)
    {
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("model", model.Name);
                json.WriteNumber("scale", model.Options.Scale);
                json.WriteBoolean("randomWeights", model.Info.InitialSeed is not null);
                json.WriteNumber("operatorSet", OnnxWriter.OperatorSet);
                json.WriteString("path", path);
                json.WriteEndObject();
            });
        }

        var weights = model.Info switch
        {
            { InitialSeed: { } seed } => $", with random weights of seed {seed}: it has learned nothing. Name the file of a trained one for more",
            { Training: { } training } => $", trained {training.Steps} steps",
            _ => "",
        };
        context.Message($"{model.Name} -> {path}{weights}.");
    }
}
