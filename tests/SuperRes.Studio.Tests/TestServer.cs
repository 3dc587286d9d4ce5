using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SuperRes.Studio.Tests;

/// <summary>A real server on a free port of loopback, and a client of it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly ErrorLog _log;

    private TestServer(StudioServer server, ErrorLog log)
    {
        (Server, _log) = (server, log);
        Client = new HttpClient(new DocumentedAnswers(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public StudioServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Starts a server; disposing fails the test where the server logged an error.</summary>
    public static async Task<TestServer> StartAsync(StudioOptions? options = null)
    {
        var log = new ErrorLog();
        return new(await StudioServer.StartAsync((options ?? new StudioOptions()) with { Port = 0 }, logging => logging.AddProvider(log)), log);
    }

    public async Task<string> UploadAsync(byte[] file, string name = "photo.png")
    {
        using var response = await PostFileAsync(file, name);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await JsonAsync(response))["id"]!.GetValue<string>();
    }

    public Task<HttpResponseMessage> PostFileAsync(byte[] file, string name = "photo.png")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        return Client.PostAsync("/api/v1/images", content);
    }

    public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        var json = await JsonAsync(response);
        Assert.True(expected == response.StatusCode, $"{path}: {(int)response.StatusCode} {json}");
        return json;
    }

    public async Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(path);
        var json = await JsonAsync(response);
        Assert.True(expected == response.StatusCode, $"{path}: {(int)response.StatusCode} {json}");
        return json;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    /// <summary>Starts a job and waits until it is over.</summary>
    public async Task<JsonNode> RunJobAsync(object request)
    {
        var job = await PostAsync("/api/v1/jobs", request, HttpStatusCode.Accepted);
        return (await EventsAsync(job["id"]!.GetValue<string>()))[^1].Job;
    }

    /// <summary>All events of a job, to its end.</summary>
    public async Task<List<(string Name, JsonNode Job)>> EventsAsync(string job)
    {
        using var response = await Client.GetAsync($"/api/v1/jobs/{job}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<(string, JsonNode)>();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            events.Add((item.EventType, JsonNode.Parse(item.Data)!));
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Assert.True(_log.Errors.IsEmpty, string.Join("\n", _log.Errors));
    }
}
