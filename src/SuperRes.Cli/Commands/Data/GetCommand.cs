using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Catalogue;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Cli.Commands.Data;

/// <summary><c>superres data get</c>: downloads, verifies and unpacks archives of known data sets.</summary>
internal sealed class GetCommand
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Archives, as 'superres data list' names them; also patterns such as 'div2k-valid-*'.",
        Arity = ArgumentArity.OneOrMore,
        HelpName = "NAME", // or help lists every completion in its place
    };

    private readonly Option<string> _folder = DataOptions.DataFolder();

    private readonly Option<Uri?> _mirror = new("--mirror")
    {
        Description = "Fetch from this address in place of the published one; files have the same names there, and the same checksums.",
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : CommonOptions.Fail<Uri?>(result, $"'{result.Tokens[0].Value}' is no http or https address."),
    };

    private readonly Option<bool> _keepArchives = new("--keep-archives") { Description = "Leave the zip files beside their contents." };

    public static Command Create() => new GetCommand().Build();

    private Command Build()
    {
        _names.CompletionSources.Add([.. AllNames()]);
        var command = new Command("get", "Fetch data sets: download (resuming where it stopped), compare checksums, unpack.")
        {
            _names, _folder, _mirror, _keepArchives, CommonOptions.Json(),
        };
        return command.Handle(RunAsync);
    }

    private static IEnumerable<string> AllNames() => DatasetCatalogue.Datasets.SelectMany(dataset => dataset.Archives).Select(archive => archive.Name);

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var archives = context.Get(_names)!.SelectMany(Find).Distinct().ToList();
        foreach (var dataset in archives.Select(DatasetCatalogue.DatasetOf).Distinct())
        {
            context.Message($"{dataset.Name} ({dataset.Homepage}): {dataset.Licence}");
        }

        using var client = CreateClient();
        var fetcher = new DatasetFetcher(client);
        var outcomes = new List<GetOutcome>();
        foreach (var archive in archives)
        {
            outcomes.Add(await FetchAsync(fetcher, archive, context, cancellationToken).ConfigureAwait(false));
        }

        if (context.Json)
        {
            context.WriteJson(json => WriteJson(json, outcomes));
        }

        return outcomes.Any(outcome => outcome.Error is not null) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static IReadOnlyList<KnownArchive> Find(string name) => DatasetCatalogue.Find(name) is { Count: > 0 } found
        ? found
        : throw CommandException.Usage(
            $"'{name}' is no known archive.{(NearestName.Find(name, AllNames()) is { } nearest ? $" Did you mean '{nearest}'?" : "")} See: superres data list");

    private static HttpClient CreateClient()
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("SuperRes", typeof(GetCommand).Assembly.GetName().Version!.ToString(3)));
        return client;
    }

    private async Task<GetOutcome> FetchAsync(DatasetFetcher fetcher, KnownArchive archive, CommandContext context, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.Get(_folder)!, DatasetCatalogue.DatasetOf(archive).Name);
        var source = context.Get(_mirror) is { } mirror ? archive with { Address = new Uri(mirror, archive.FileName) } : archive;
        try
        {
            using var display = new FetchDisplay(context, archive.Name);
            var result = await fetcher.FetchAsync(source, folder, context.Get(_keepArchives), display, cancellationToken).ConfigureAwait(false);
            display.Finish($"{archive.Name}: {(result.WasThere ? "was there already" : "fetched")}, {result.Files} files in '{result.Folder}'");
            return new GetOutcome(archive.Name, result, null);
        }
        catch (Exception exception) when (exception is DatasetException or IOException or UnauthorizedAccessException)
        {
            context.Error($"superres: {archive.Name}: {exception.Message}");
            return new GetOutcome(archive.Name, null, exception.Message);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, List<GetOutcome> outcomes)
    {
        json.WriteStartObject();
        json.WriteStartArray("archives");
        foreach (var (name, result, error) in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            if (result is not null)
            {
                json.WriteString("folder", result.Folder);
                json.WriteNumber("files", result.Files);
                json.WriteBoolean("wasThere", result.WasThere);
            }
            else
            {
                json.WriteString("error", error);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record GetOutcome(string Name, FetchResult? Result, string? Error);
}
