using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using SuperRes.Evaluation.Runs;

namespace SuperRes.Studio.Results;

/// <summary>Browse what evaluate, train and ablate left behind.</summary>
internal static class ResultEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
        [".csv"] = "text/csv; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
    };

    public static void MapResults(this IEndpointRouteBuilder api)
    {
        var results = api.MapGroup("/results").WithTags("Results");
        results.MapGet("/", (ResultFolders folders) => TypedResults.Ok(folders.List())).WithName("listResults").WithSummary("Reports and training runs, newest first.");
        results.MapGet("/reports/{id}", (string id, ResultFolders folders) => TypedResults.PhysicalFile(folders.ReportPath(id), "application/json")).WithName("getReport")
            .WithSummary("A report's JSON, as 'superres evaluate' or 'superres ablate' wrote it.").Produces<object>().ProducesProblem(StatusCodes.Status404NotFound);
        results.MapGet("/runs/{id}", (string id, ResultFolders folders) => TypedResults.Ok(folders.Run(id))).WithName("getRun")
            .WithSummary("A training run: recipe, curves, state.").ProducesProblem(StatusCodes.Status404NotFound);
        results.MapGet("/runs/{id}/events", (string id, ResultFolders folders, StudioOptions options, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
                TypedResults.ServerSentEvents(WatchAsync(folders.Records(id), options.Time, lifetime.ApplicationStopping, cancellationToken))).WithName("getRunEvents")
            .WithSummary("What is added to a run while it goes, as server-sent events 'metrics'; ends when nobody trains it.").ProducesProblem(StatusCodes.Status404NotFound);
        results.MapGet("/files/{id}/{**name}", GetFile).WithName("getResultFile")
            .WithSummary("A picture or another form of a report or run; the names are in the run, and in the report's figures.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static PhysicalFileHttpResult GetFile(string id, string name, ResultFolders folders)
    {
        var path = folders.File(id, name);

        // A report's page has scripts of its own, which do not run here: it is to be saved.
        return ContentTypes.TryGetValue(Path.GetExtension(path), out var type)
            ? TypedResults.PhysicalFile(path, type)
            : TypedResults.PhysicalFile(path, "application/octet-stream", Path.GetFileName(path));
    }

    /// <summary>The first event has everything; each further one what was added since.</summary>
    private static async IAsyncEnumerable<SseItem<RunNews>> WatchAsync(RunRecords run, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (metricsSeen, validationsSeen, sizeSeen, isFirst) = (0, 0, -1L, true);
        while (!stopping.IsCancellationRequested)
        {
            // The state first: what is written before a run ends is then in this round.
            var state = run.State;
            var size = run.Size;
            if (size == sizeSeen && state == RunState.Running)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var (metrics, validations) = (run.Metrics, run.Validations);

            // A run that is resumed drops what lay behind its checkpoint.
            var (metricsFrom, validationsFrom) = (Math.Min(metricsSeen, metrics.Count), Math.Min(validationsSeen, validations.Count));
            if (isFirst || metrics.Count > metricsFrom || validations.Count > validationsFrom || state != RunState.Running)
            {
                yield return new SseItem<RunNews>(
                    new RunNews([.. metrics.Skip(metricsFrom).Select(MetricsPoint.Of)], [.. validations.Skip(validationsFrom).Select(ValidationPoint.Of)], state), "metrics");
            }

            if (state != RunState.Running)
            {
                yield break;
            }

            (metricsSeen, validationsSeen, sizeSeen, isFirst) = (metrics.Count, validations.Count, size, false);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
