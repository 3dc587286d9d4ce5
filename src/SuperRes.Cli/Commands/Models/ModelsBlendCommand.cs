using System.CommandLine;
using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models blend</c>: a network between two others, as between pixels and texture.</summary>
internal sealed class ModelsBlendCommand
{
    private readonly Argument<string> _first = new("FIRST") { Description = "A model with weights: a name or a file.", HelpName = "FIRST" };
    private readonly Argument<string> _second = new("SECOND") { Description = "Another of the same network, trained from the first one's weights or from the same ones.", HelpName = "SECOND" };
    private readonly Option<double> _share = new("--share")
    {
        Description = "The second model's share, 0 to 1.",
        HelpName = "X",
        DefaultValueFactory = _ => 0.5,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? share
            : CommonOptions.Fail<double>(result, $"'{result.Tokens[0].Value}' after --share is no number from 0 to 1."),
    };

    private readonly Option<string> _output = ModelOutput.Option();

    public static Command Create() => new ModelsBlendCommand().Build();

    private Command Build()
    {
        var command = new Command("blend", "Interpolate the weights of two models of one network: edsr-x4 and srgan-x4, for more or less texture.") { _first, _second, _share, _output, CommonOptions.Json() };
        return command.Handle((context, _) => Task.FromResult(Run(context)));
    }

    private int Run(CommandContext context)
    {
        var (share, path) = (context.Get(_share), context.Get(_output)!);
        var (first, second) = (context.Get(_first)!, context.Get(_second)!);
        ModelOutput.Check(path, first, second);
        var blend = Blend(Load(first), Load(second), share, Path.GetFileNameWithoutExtension(path));
        ModelOutput.Save(blend, path);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("model", blend.Name);
                json.WriteString("first", blend.Info.Blend!.First);
                json.WriteString("second", blend.Info.Blend.Second);
                json.WriteNumber("share", share);
                json.WriteString("dataLicence", blend.Info.DataLicence);
                json.WriteString("path", path);
                json.WriteEndObject();
            });
        }

        context.Message(FormattableString.Invariant($"{blend.Info.Blend!.First} and {blend.Info.Blend.Second}, the latter's share {share:0.##} -> {path}."));
        return ExitCode.Done;
    }

    private static Model Load(string name)
    {
        var model = NamedNetwork.LoadOrInitialize(name);
        return model.Info.InitialSeed is null
            ? model
            : throw CommandException.Usage($"'{name}' has random weights: there is nothing to blend. Name trained models, such as edsr-x4 and srgan-x4.");
    }

    private static Model Blend(Model first, Model second, double share, string name)
    {
        try
        {
            return first.Blend(second, share, name);
        }
        catch (GraphException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }
}
