using System.CommandLine;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands;

/// <summary>
/// The table of commands. A new command is one file in this folder with a static <c>Create()</c>, and one line here.
/// </summary>
internal static class Root
{
    public const string Name = "superres";

    public static RootCommand Create()
    {
        var root = new RootCommand("Enlarges images, and measures how well it is done.")
        {
            CommonOptions.Verbose,
            CommonOptions.Quiet,
        };
        root.Add(UpscaleCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(MetricsCommand.Create());
        root.Add(ModelsCommand.Create());
        root.Add(DegradeCommand.Create());
        root.Add(DataCommand.Create());
        root.Add(CompletionCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(RunsCommand.Create());
        root.Add(AblateCommand.Create());
        root.Add(StudioCommand.Create());
        return root;
    }
}
