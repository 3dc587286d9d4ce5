using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Jobs;

/// <summary>Start, watch and cancel jobs, and get what they made.</summary>
internal static class JobEndpoints
{
    private const int LargestPreview = 16384;

    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapPost("/", Add).WithName("addJob").WithSummary("Starts a job.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        jobs.MapGet("/{id}", (string id, JobBoard board) => TypedResults.Ok(board.View(board.Get(id)))).WithName("getJob")
            .WithSummary("How far a job is.").ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapGet("/{id}/events", (string id, JobBoard board, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
                TypedResults.ServerSentEvents(JobEvents.OfAsync(board, board.Get(id), lifetime.ApplicationStopping, cancellationToken))).WithName("getJobEvents")
            .WithSummary("The job's states as server-sent events: progress, then done, failed or cancelled.").ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapGet("/{id}/result", ResultAsync).WithName("getJobResult")
            .WithSummary("The result as a file, with the upload's metadata.")
            .WithDescription("format and quality, where given, are used in place of those of the job.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        jobs.MapGet("/{id}/preview", PreviewAsync).WithName("getJobPreview")
            .WithSummary("The result as a screen shows it: PNG, 8 bits.")
            .WithDescription("max is the longest side in pixels; without it the result keeps its size.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        jobs.MapGet("/{id}/error-map", ErrorMapAsync).WithName("getJobErrorMap")
            .WithSummary("Where the result differs from the reference: mean absolute difference of the channels times eight, as a gray PNG.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        jobs.MapDelete("/{id}", Remove).WithName("deleteJob").WithSummary("Cancels a job, or removes one that is over.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Accepted<JobView> Add(JobRequest request, JobBoard board)
    {
        var job = board.Add([request])[0];
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", board.View(job));
    }

    private static async Task<PhysicalFileHttpResult> ResultAsync(
        string id, JobBoard board, ResultFiles files, string? format, int? quality, CancellationToken cancellationToken)
    {
        var (path, name) = await files.OfAsync(board.Get(id), format, quality, cancellationToken).ConfigureAwait(false);
        return TypedResults.PhysicalFile(path, "application/octet-stream", name, enableRangeProcessing: true);
    }

    private static async Task<IResult> PreviewAsync(
        string id, JobBoard board, ResultFiles files, Previews previews, StudioOptions options, HttpContext context, int? max, CancellationToken cancellationToken)
    {
        if (max is < 1 or > LargestPreview)
        {
            throw StudioException.BadRequest($"max is {max}; it goes from 1 to {LargestPreview}.");
        }

        var job = board.Get(id);
        if (max is null)
        {
            // Behind a proxy that ends TLS every browser seems to be here; who has put one there has set a token.
            var isLocal = options.Token is null && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
            var path = await files.PreviewAsync(job, isLocal, cancellationToken).ConfigureAwait(false);
            context.Response.Headers.CacheControl = Previews.Immutable;
            return TypedResults.PhysicalFile(path, "image/png");
        }

        var result = ResultFiles.ResultOf(job, board);
        using var keep = result.Keep();
        return await previews.OfFileAsync(result.Path, job.Plan.FileName, long.MaxValue, max, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IResult> ErrorMapAsync(string id, JobBoard board, Previews previews, StudioOptions options, CancellationToken cancellationToken)
    {
        var job = board.Get(id);
        var result = ResultFiles.ResultOf(job, board);
        var reference = job.Plan.Reference
            ?? throw StudioException.NotFound("This job has no reference, so there is nothing to differ from. Start it with a reference.");
        reference.ThrowIfTooMuchMemory(job.Plan.Bytes, options.Limits.JobMemory);
        using var keep = result.Keep();
        return await previews.OfPixelsAsync(
            () => ErrorMap.Of(result.Read(cancellationToken).Pixels, reference.ReadPixels(options, cancellationToken)), cancellationToken).ConfigureAwait(false);
    }

    private static NoContent Remove(string id, JobBoard board)
    {
        board.Remove(board.Get(id));
        return TypedResults.NoContent();
    }
}
