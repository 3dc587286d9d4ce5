using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace SuperRes.Studio.Tests.Results;

public sealed class ResultEndpointTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("superres-runs-").FullName;

    [Fact]
    public async Task Results_BelowAFolder_AreListedAndShown()
    {
        Write("first/recipe.json", """{"name":"first","steps":400}""");
        Write("first/metrics.jsonl", Line(100, 0.5) + Line(200, 0.25));
        Write("first/validation.jsonl", Validation(100, 28.5) + Validation(200, 28.25));
        Write("first/samples/photo/step-200.png", "png");
        Write("first/checkpoints/secret.bin", "weights");
        Write("study/report.json", """{"schema":"superres-study/1","title":"Does attention help?"}""");
        Write("set5/report.json", """{"schema":"superres-evaluation/1","results":[]}""");
        Write("other/report.json", """{"schema":"someone-elses"}""");
        await using var server = await TestServer.StartAsync(new StudioOptions { RunsFolder = _root });

        var results = await server.GetAsync("/api/v1/results");

        var run = Assert.Single(results["runs"]!.AsArray())!;
        Assert.Equal(("first", "stopped", 200, 400, 28.5), (run["name"]!.GetValue<string>(), run["state"]!.GetValue<string>(), run["step"]!.GetValue<int>(), run["steps"]!.GetValue<int>(), run["psnr"]!.GetValue<double>()));
        Assert.Equal([("set5", "evaluate"), ("study", "ablate")], results["reports"]!.AsArray().Select(report => (report!["name"]!.GetValue<string>(), report["kind"]!.GetValue<string>())).Order());
        var study = results["reports"]!.AsArray().First(report => report!["name"]!.GetValue<string>() == "study")!["id"];
        Assert.Equal("Does attention help?", (await server.GetAsync($"/api/v1/results/reports/{study}"))["title"]!.GetValue<string>());
        var whole = await server.GetAsync($"/api/v1/results/runs/{run["id"]}");
        Assert.Equal([0.5, 0.25], whole["metrics"]!.AsArray().Select(point => point!["loss"]!.GetValue<double>()));
        Assert.Equal(400, whole["recipe"]!["steps"]!.GetValue<int>());
        Assert.Equal(["samples/photo/step-200.png"], whole["files"]!.AsArray().Select(file => file!.GetValue<string>()));
        Assert.Equal("png", await server.Client.GetStringAsync($"/api/v1/results/files/{run["id"]}/samples/photo/step-200.png"));
        foreach (var name in (string[])["checkpoints/secret.bin", "recipe.json", "../set5/report.json", "..%2fset5%2freport.json", "samples%2f..%2fcheckpoints%2fsecret.bin", "/etc/passwd"])
        {
            using var response = await server.Client.GetAsync($"/api/v1/results/files/{run["id"]}/{name}");
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{name}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Files_BelowARelativeFolder_AreSent()
    {
        Write("first/recipe.json", """{"name":"first","steps":400}""");
        Write("first/report.json", """{"schema":"superres-evaluation/1","results":[]}""");
        Write("first/figures/photo.png", "png");
        await using var server = await TestServer.StartAsync(new StudioOptions { RunsFolder = Path.GetRelativePath(Environment.CurrentDirectory, _root) });
        var results = await server.GetAsync("/api/v1/results");

        var report = await server.GetAsync($"/api/v1/results/reports/{results["reports"]![0]!["id"]}");
        var picture = await server.Client.GetStringAsync($"/api/v1/results/files/{results["runs"]![0]!["id"]}/figures/photo.png");

        Assert.Equal("superres-evaluation/1", report["schema"]!.GetValue<string>());
        Assert.Equal("png", picture);
    }

    [Fact]
    public async Task Events_OfARunThatGoes_BringWhatIsAddedUntilItEnds()
    {
        Write("live/recipe.json", """{"name":"live","steps":300}""");
        Write("live/metrics.jsonl", Line(100, 0.5));
        var held = new FileStream(Path.Combine(_root, "live", ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var server = await TestServer.StartAsync(new StudioOptions { RunsFolder = _root });
        var id = (await server.GetAsync("/api/v1/results"))["runs"]![0]!["id"];

        using var response = await server.Client.GetAsync($"/api/v1/results/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        var events = new List<JsonNode>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            Assert.Equal("metrics", item.EventType);
            events.Add(JsonNode.Parse(item.Data)!);
            if (events.Count == 1)
            {
                File.AppendAllText(Path.Combine(_root, "live", "metrics.jsonl"), Line(200, 0.25) + "{\"step\":300,");
            }
            else if (events.Count == 2)
            {
                held.Dispose();
            }
        }

        Assert.Equal([100], Steps(events[0]));
        Assert.Equal([200], Steps(events[1]));
        Assert.Equal(["running", "running", "stopped"], events.Select(item => item["state"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Results_WithoutAFolder_AreNone()
    {
        await using var server = await TestServer.StartAsync();

        var results = await server.GetAsync("/api/v1/results");

        Assert.Empty(results["runs"]!.AsArray());
        await server.GetAsync("/api/v1/results/runs/0123456789abcdef", HttpStatusCode.NotFound);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static IEnumerable<int> Steps(JsonNode news) => news["metrics"]!.AsArray().Select(point => point!["step"]!.GetValue<int>());

    private static string Line(int step, double loss) =>
        FormattableString.Invariant($$"""{"step":{{step}},"loss":{{loss}},"learningRate":0.001,"gradientNorm":"NaN","samplesPerSecond":10,"dataWait":0,"memoryMegabytes":100}""") + "\n";

    private static string Validation(int step, double psnr) =>
        FormattableString.Invariant($$"""{"step":{{step}},"psnr":{{psnr}},"ssim":0.8,"rawPsnr":28,"rawSsim":0.8}""") + "\n";

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
