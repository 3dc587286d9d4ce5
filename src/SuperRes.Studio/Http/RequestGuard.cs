using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Http;

/// <summary>
/// Decides who may ask. Without a token only names of this machine's loopback are answered, so that a page on the web can't
/// reach the server by pointing its own name here (DNS rebinding); with one, who knows it. No other site's page may call
/// the API either way.
/// </summary>
internal sealed partial class RequestGuard(RequestDelegate next, StudioOptions options, StudioMetrics metrics, ILogger<RequestGuard> logger)
{
    private const string TokenParameter = "token";
    private const string Bearer = "Bearer ";

    private const string WelcomePage = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>SuperRes Studio</title></head><body><p><a href="/">Open the studio</a></p></body></html>

        """;

    private readonly byte[]? _token = options.Token is { } token ? Digest(token) : null;

    public async Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.Add(context.Response.Headers);
        try
        {
            if (Refusal(context.Request) is var (status, detail))
            {
                await Problems.WriteAsync(context, status, detail).ConfigureAwait(false);
            }
            else if (IsAddressWithToken(context.Request))
            {
                await WelcomeAsync(context).ConfigureAwait(false);
            }
            else
            {
                await next(context).ConfigureAwait(false);
            }
        }
        finally
        {
            metrics.RequestEnded(context.Request.Method, context.Response.StatusCode);
            LogRequest(context.Request.Method, context.Request.Path, context.Response.StatusCode);
        }
    }

    private (int Status, string Detail)? Refusal(HttpRequest request)
    {
        if (_token is null && !IsLoopbackName(request.Host.Host))
        {
            return (StatusCodes.Status421MisdirectedRequest, "This server answers only at localhost. Open the address that it printed.");
        }

        if (IsFromAnotherSite(request))
        {
            return (StatusCodes.Status403Forbidden, "Another site's page may not use this server. Open the address that the server printed.");
        }

        // Whether it is alive is no secret, and what watches over it has no token.
        return _token is null || request.Path == "/healthz" || HasToken(request)
            ? null
            : (StatusCodes.Status401Unauthorized, "A token is needed. Open the address that the server printed, or send it: Authorization: Bearer TOKEN.");
    }

    /// <summary>Names that always mean this machine, whatever a DNS server says.</summary>
    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a page of another origin caused the request. Following a link to the page itself is no such thing.</summary>
    private static bool IsFromAnotherSite(HttpRequest request)
    {
        var isNavigation = HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if (isNavigation)
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !IsOwn(origin, request.Host);
    }

    /// <summary>Whether an origin is this server by the name that it was called by: behind a proxy that ends TLS the browser's scheme is another.</summary>
    private static bool IsOwn(string origin, HostString host) =>
        origin.Equals($"http://{host}", StringComparison.OrdinalIgnoreCase) || origin.Equals($"https://{host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>A host's cookies are those of all its ports: a second server's would take the first one's place.</summary>
    private static string CookieName(HttpRequest request) => $"superres-token-{request.Host.Port}";

    private bool HasToken(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && IsToken(authorization[Bearer.Length..].Trim()))
            || (request.Cookies.TryGetValue(CookieName(request), out var cookie) && IsToken(cookie))
            || IsAddressWithToken(request);
    }

    /// <summary>Whether a request is for the address that the server printed.</summary>
    private bool IsAddressWithToken(HttpRequest request) =>
        _token is not null && request.Path == "/" && IsToken(request.Query[TokenParameter].ToString());

    /// <summary>
    /// Keeps the token as a cookie, and takes it out of the address bar. A page does that and not a redirect: one that began
    /// with a link on another site stays that site's navigation, to which browsers add no strict cookie.
    /// </summary>
    private Task WelcomeAsync(HttpContext context)
    {
        var response = context.Response;
        response.Cookies.Append(CookieName(context.Request), options.Token!, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" });
        response.Headers["Refresh"] = "0; url=/";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(WelcomePage);
    }

    // Digests have one length, so that the comparison's time says nothing about the token's.
    private bool IsToken(string? candidate) => !string.IsNullOrEmpty(candidate) && CryptographicOperations.FixedTimeEquals(Digest(candidate), _token);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // Without the query, which may hold the token.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} {Status}")]
    private partial void LogRequest(string method, string path, int status);
}
