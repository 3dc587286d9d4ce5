using System.Net;
using System.Net.Http.Headers;

namespace SuperRes.Studio.Tests.Http;

public sealed class RequestGuardTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.9.9.9", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.0.1", HttpStatusCode.MisdirectedRequest)]
    public async Task Request_ByAName_IsAnsweredOnlyForLoopbackNames(string host, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
        request.Headers.Host = $"{host}:{server.Server.Address.Port}";

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Request_OfAnotherSitesPage_IsForbidden(string header, string value)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get])
        {
            using var request = new HttpRequestMessage(method, "/api/v1/info");
            request.Headers.Add(header, value);

            using var response = await server.Client.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task Request_OfTheServersOwnPage_IsAnswered()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
        request.Headers.Add("Origin", $"http://localhost:{server.Server.Address.Port}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://studio.example", "studio.example", HttpStatusCode.NotFound)]
    [InlineData("https://studio.example:8443", "studio.example:8443", HttpStatusCode.NotFound)]
    [InlineData("https://studio.example:8443", "studio.example", HttpStatusCode.Forbidden)]
    [InlineData("https://attacker.example", "studio.example", HttpStatusCode.Forbidden)]
    [InlineData("https://studio.example.attacker.example", "studio.example", HttpStatusCode.Forbidden)]
    [InlineData("https://studio.example@attacker.example", "studio.example", HttpStatusCode.Forbidden)]
    public async Task Request_ThroughATlsProxy_IsAnsweredToThePageOfItsHost(string origin, string host, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Token = Token });
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/jobs/nothing") { Headers = { Host = host, Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        request.Headers.Add("Origin", origin);

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Token_IsDemandedOfAllButHealth()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Token = Token });
        foreach (var path in (string[])["/", "/index.html", "/api/v1/info", "/metrics", "/openapi/v1.json", "/?token=wrong", "/api/v1/info?token=" + Token])
        {
            using var response = await server.Client.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{path}: {response.StatusCode}");
        }

        Assert.Equal("ok\n", await server.Client.GetStringAsync("/healthz"));
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token[..^1] + "0") } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.SendAsync(wrong)).StatusCode);
        using var right = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(right)).StatusCode);
    }

    [Fact]
    public async Task Token_InTheAddress_BecomesACookieThatScriptsCantRead()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Token = Token });
        Assert.Equal($"/?token={Token}", server.Server.AddressToOpen.PathAndQuery);

        using var opened = await server.Client.GetAsync(server.Server.AddressToOpen);

        // Not a redirect, after which a link from another site's page would still be that site's navigation.
        Assert.Equal((HttpStatusCode.OK, "0; url=/"), (opened.StatusCode, Assert.Single(opened.Headers.GetValues("Refresh"))));
        Assert.Equal(("text/html", true), (opened.Content.Headers.ContentType?.MediaType, opened.Headers.CacheControl?.NoStore));
        Assert.DoesNotContain(Token, await opened.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"superres-token-{server.Server.Address.Port}=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task StartAsync_OnAnotherAddressWithoutToken_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => StudioServer.StartAsync(new StudioOptions { Listen = IPAddress.Any, Port = 0 }));

        Assert.Contains("token", exception.Message, StringComparison.Ordinal);
    }
}
