using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Catalogue;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Cli.Commands.Data;

/// <summary><c>superres data list</c>: the data sets that can be fetched.</summary>
internal sealed class ListCommand
{
    private readonly Option<string> _folder = DataOptions.DataFolder();

    public static Command Create() => new ListCommand().Build();

    private Command Build()
    {
        var command = new Command("list", "The data sets that can be fetched, with sizes and licences.") { _folder, CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            Write(context, context.Get(_folder)!);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Write(CommandContext context, string folder)
    {
        if (context.Json)
        {
            context.WriteJson(json => WriteJson(json, folder));
            return;
        }

        var isAnyHere = false;
        foreach (var dataset in DatasetCatalogue.Datasets)
        {
            context.Output.WriteLine($"{dataset.Name}  {dataset.Homepage}");
            context.Output.WriteLine($"Licence: {dataset.Licence}");
            context.Output.WriteLine($"Cite: {dataset.Citation}");
            context.Output.WriteLine();
            var width = dataset.Archives.Max(archive => archive.Name.Length);
            foreach (var archive in dataset.Archives)
            {
                var isHere = IsThere(archive, dataset, folder);
                isAnyHere |= isHere;
                context.Output.WriteLine($"{(isHere ? '*' : ' ')} {archive.Name.PadRight(width)}  {ByteSize.Format(archive.Bytes),9}  {archive.Description}");
            }

            context.Output.WriteLine();
        }

        context.Output.WriteLine($"{(isAnyHere ? $"* is in '{folder}' already. Fetch others" : "Fetch them")} with: superres data get NAME…, also patterns such as 'div2k-valid-*'.");
    }

    private static bool IsThere(KnownArchive archive, KnownDataset dataset, string folder) =>
        DatasetFetcher.IsFetched(archive, Path.Combine(folder, dataset.Name));

    private static void WriteJson(Utf8JsonWriter json, string folder)
    {
        json.WriteStartObject();
        json.WriteStartArray("datasets");
        foreach (var dataset in DatasetCatalogue.Datasets)
        {
            json.WriteStartObject();
            json.WriteString("name", dataset.Name);
            json.WriteString("homepage", dataset.Homepage.AbsoluteUri);
            json.WriteString("licence", dataset.Licence);
            json.WriteString("citation", dataset.Citation);
            json.WriteStartArray("archives");
            foreach (var archive in dataset.Archives)
            {
                json.WriteStartObject();
                json.WriteString("name", archive.Name);
                json.WriteString("address", archive.Address.AbsoluteUri);
                json.WriteNumber("bytes", archive.Bytes);
                json.WriteString("sha256", archive.Sha256);
                json.WriteString("folder", archive.Folder);
                json.WriteString("description", archive.Description);
                json.WriteBoolean("isFetched", IsThere(archive, dataset, folder));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
