using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SuperRes.Studio.Tests;

/// <summary>Fails the test that gets an answer whose status the server's OpenAPI document does not name for the operation.</summary>
internal sealed class DocumentedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Any operation may answer so: HTTP itself, the guard before it, or a defect.
    private static readonly HttpStatusCode[] General =
    [
        HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.MisdirectedRequest, HttpStatusCode.MethodNotAllowed, HttpStatusCode.UnsupportedMediaType,
        HttpStatusCode.InternalServerError,
    ];

    private static Task<IReadOnlyList<Operation>>? _operations;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode < HttpStatusCode.BadRequest || General.Contains(response.StatusCode))
        {
            return response;
        }

        var path = request.RequestUri!.AbsolutePath;
        var operations = await (_operations ??= ReadAsync(new Uri(request.RequestUri, "/openapi/v1.json")));
        var undocumented = operations.FirstOrDefault(operation => operation.Matches(request.Method, path) && !operation.Statuses.Contains((int)response.StatusCode));
        Assert.True(undocumented is null, $"{request.Method} {path} answered {(int)response.StatusCode}, which OpenAPI does not name: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return response;
    }

    private async Task<IReadOnlyList<Operation>> ReadAsync(Uri document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, document);
        using var response = await base.SendAsync(request, CancellationToken.None);
        var paths = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["paths"]!.AsObject();
        return
        [
            .. from path in paths
               from operation in path.Value!.AsObject()
               select new Operation(
                   operation.Key, new Regex($"^{Regex.Replace(path.Key.TrimEnd('/'), "{[^}]+}", "[^/]+")}/?$"),
                   [.. operation.Value!["responses"]!.AsObject().Select(answer => int.TryParse(answer.Key, out var status) ? status : 0)]),
        ];
    }

    private sealed record Operation(string Method, Regex Path, int[] Statuses)
    {
        public bool Matches(HttpMethod method, string path) => method.Method.Equals(Method, StringComparison.OrdinalIgnoreCase) && Path.IsMatch(path);
    }
}
