using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SuperRes.Studio.Attention;
using SuperRes.Studio.Contests;
using SuperRes.Studio.Http;
using SuperRes.Studio.Images;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Models;
using SuperRes.Studio.Operations;
using SuperRes.Studio.Results;
using SuperRes.Studio.Studies;

namespace SuperRes.Studio;

/// <summary>A running server. Disposing stops it, breaks off its jobs and removes its uploads and results.</summary>
public sealed class StudioServer : IAsyncDisposable
{
    // Of so many bytes an address can name as many jobs as a zip holds, with the commas percent-encoded.
    private const int LongestRequestLine = 32 << 10;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly StudioOptions _options;

    private StudioServer(WebApplication app, StudioOptions options)
    {
        _app = app;
        _options = options;
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Address = new UriBuilder(bound) { Host = HostToShow(options.Listen) }.Uri;
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <summary>The address to open in a browser: with the token, where there is one.</summary>
    public Uri AddressToOpen => _options.Token is { } token ? new Uri(Address, $"/?token={Uri.EscapeDataString(token)}") : Address;

    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="logging">Where its log goes; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    /// <exception cref="InvalidDataException">The database of the blind tests can't be used; the message says why and what to do.</exception>
    /// <exception cref="IOException">The address can't be listened on, as when another program has the port.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        var app = Build(options, logging);
        try
        {
            // A database that can't be used is told to who starts the server, and not to the first visitor.
            app.Services.GetRequiredService<StudyStore>();
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new StudioServer(app, options);
        }
        catch
        {
            // What did start is told to stop; disposed of while it runs, it would log that it failed.
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the server ends by itself, which it only does when something in it broke; its log says what.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(Grace);
        await _app.StopAsync(grace.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(StudioOptions options, Action<ILoggingBuilder>? logging)
    {
        // An empty builder: no settings file and no environment variable of the folder it is started in changes the server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "SuperRes.Studio" });
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        AddServices(builder.Services, options);
        var app = builder.Build();
        app.UseMiddleware<RequestGuard>();
        app.UseMiddleware<Problems>();
        app.UseRouting();
        Map(app);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, StudioOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Listen, options.Port);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.Limits.Connections;
        limits.MaxRequestBodySize = 1 << 20;
        limits.MaxRequestLineSize = LongestRequestLine;
        limits.MinRequestBodyDataRate = new MinDataRate(options.Limits.BytesPerSecond, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(options.Limits.BytesPerSecond, TimeSpan.FromSeconds(15));
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    private static void AddServices(IServiceCollection services, StudioOptions options)
    {
        services.AddRoutingCore();
        services.AddOpenApi("v1", OpenApiDescription.Configure);
        services.ConfigureHttpJsonOptions(json => ConfigureJson(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = Grace;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        services.AddSingleton(options);
        services.AddSingleton<TemporaryStorage>();
        services.AddSingleton<StudioMetrics>();
        services.AddSingleton<EmbeddedPage>();
        services.AddSingleton<ModelShelf>();
        services.AddSingleton<ImageStore>();
        services.AddSingleton<Previews>();
        services.AddSingleton<JobPlanner>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<ResultFiles>();
        services.AddSingleton<ContestBoard>();
        services.AddSingleton<AttentionDesk>();
        services.AddSingleton<ResultFolders>();
        services.AddSingleton<ResultFolderReader>();
        services.AddSingleton<StudyStore>();
        services.AddSingleton<StudyMaker>();
        services.AddSingleton<StudyPresenter>();
        services.AddHostedService<JobWorker>();
        services.AddSingleton<Janitor>();
        services.AddHostedService(provider => provider.GetRequiredService<Janitor>());
    }

    private static void ConfigureJson(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
    }

    private static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapInfo();
        api.MapImages();
        api.MapJobs();
        api.MapZip();
        api.MapContests();
        api.MapAttention();
        api.MapStudies();
        api.MapResults();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/healthz", () => TypedResults.Text("ok\n")).ExcludeFromDescription();
        app.MapGet("/metrics", (StudioMetrics metrics, JobBoard board, ImageStore images, TemporaryStorage storage) =>
            TypedResults.Text(metrics.Write(board.Queue.Count, images.Count, storage.BytesUsed()), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
        app.MapGet("/{**path}", (HttpContext context, EmbeddedPage page, string? path) => page.Serve(context, path)).ExcludeFromDescription();
    }

    private static string HostToShow(IPAddress listen) =>
        listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? Dns.GetHostName()
        : listen.Equals(IPAddress.Loopback) ? "localhost"
        : listen.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{listen}]"
        : listen.ToString();
}
