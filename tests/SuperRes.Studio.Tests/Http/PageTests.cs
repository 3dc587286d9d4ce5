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
    public async Task Metrics_CountRequestsAndJobs()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        await server.RunJobAsync(new { image, model = "nearest", scale = 2 });

        var text = await server.Client.GetStringAsync("/metrics");

        Assert.Contains("superres_http_requests_total{method=\"POST\",status=\"201\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("superres_jobs_total{state=\"done\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("superres_job_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [0-9.E+-]+)$", line));
    }
}
