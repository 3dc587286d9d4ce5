using System.CommandLine;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres upscale</c>: one file, many, or folders.</summary>
internal static class UpscaleCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT") { Description = "Image files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("upscale", "Enlarge images.") { inputs, CommonOptions.Json() };
        return command.Handle((context, _) => throw CommandException.CannotRunHere($"upscale of {context.Get(inputs)!.Length} is on its way."));
    }
}
