using System.Net;

namespace SuperRes.Studio.Tests.Http;

public sealed class PageTests
{
    [Fact]
    public async Task EveryAnswer_HasTheSafetyHeaders()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in (string[])["/", "/nothing", "/api/v1/info", "/api/v1/jobs/nothing", "/metrics", "/openapi/v1.json"])
        {
            using var response = await server.Client.GetAsync(path);

            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("/../StudioOptions.cs")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("/wwwroot/index.html")]
    public async Task Path_ThatIsNoFileOfThePage_IsNotFound(string path)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is nothing at", (await TestServer.JsonAsync(response))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_IsHtml_AndIsSentAgainOnlyWhenItChanged()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await server.Client.GetAsync("/");
        Assert.Equal("text/html", first.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await server.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryEndpoint()
    {
        await using var server = await TestServer.StartAsync();

        var document = await server.GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Key, Node: operation.Value!))).ToList();
        Assert.All(operations, operation => Assert.False(string.IsNullOrEmpty(operation.Node["summary"]?.GetValue<string>()), $"{operation.Item2} {operation.Item1} has no summary."));
        Assert.Equal(operations.Count, operations.Select(operation => operation.Node["operationId"]!.GetValue<string>()).Distinct().Count());
        foreach (var path in (string[])["/api/v1/info", "/api/v1/images", "/api/v1/jobs/{id}/events", "/api/v1/contests/{id}", "/api/v1/attention", "/api/v1/studies/{name}/votes", "/api/v1/results/runs/{id}", "/api/v1/zip"])
        {
            Assert.Contains(path, document["paths"]!.AsObject().Select(item => item.Key.TrimEnd('/')));
        }
    }

    [Fact]
    public async Task Info_ListsTheClassicalMethods_AndLimits()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { Bytes = 12345, Queue = 7 } });

        var info = await server.GetAsync("/api/v1/info");

        Assert.Equal((12345, 7), (info["limits"]!["bytes"]!.GetValue<int>(), info["limits"]!["queue"]!.GetValue<int>()));
        Assert.Equal(["nearest", "bilinear", "bicubic", "lanczos", "sharpen"], info["models"]!.AsArray().Where(model => model!["kind"]!.GetValue<string>() == "classical").Select(model => model!["name"]!.GetValue<string>()));
        Assert.Contains("png", info["formats"]!["write"]!.AsArray().Select(format => format!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Info_WithFilesOfNetworks_OffersThemByTheirNames()
    {
        using var models = new TestModels();
        var run = Directory.CreateDirectory(Path.Combine(models.Folder, "my-run")).FullName;
        File.Copy(Path.Combine(models.Folder, "espcn-x4.safetensors"), Path.Combine(run, "final.safetensors"));
        await using var server = await TestServer.StartAsync(new StudioOptions
        {
            Models = models.Library, ModelFiles = [Path.Combine(run, "final.safetensors"), Path.Combine(models.Folder, "missing.safetensors")],
        });

        var info = await server.GetAsync("/api/v1/info");

        var networks = info["models"]!.AsArray().Where(model => model!["kind"]!.GetValue<string>() == "network").ToList();
        Assert.Equal(["my-run-final", "espcn-x4", "tiny-cbam-x2"], networks.Select(model => model!["name"]!.GetValue<string>()));
        Assert.Equal([false, false, true], networks.Select(model => model!["attention"]!.GetValue<bool>()));
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        Assert.Equal("done", (await server.RunJobAsync(new { image, model = "my-run-final", scale = 4 }))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Metrics_CountRequestsAndJobs()
    {
        await using var server = await TestServer.StartAsync();
        var file = TestPictures.Png(8, 8);
        var image = await server.UploadAsync(file);
        await server.RunJobAsync(new { image, model = "nearest", scale = 2 });

        var text = await server.Client.GetStringAsync("/metrics");

        Assert.Contains("superres_http_requests_total{method=\"POST\",status=\"201\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("superres_jobs_total{state=\"done\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"superres_uploaded_bytes_total {file.Length}\n", text, StringComparison.Ordinal);
        Assert.Contains("superres_job_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [0-9.E+-]+)$", line));
    }
}
