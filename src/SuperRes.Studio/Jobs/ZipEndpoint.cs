using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace SuperRes.Studio.Jobs;

/// <summary>Many results in one file.</summary>
internal static class ZipEndpoint
{
    private const int MostJobs = 500;
    private const string LeftOutName = "not-included.txt";

    public static void MapZip(this IEndpointRouteBuilder api) => api.MapGet("/zip", ZipAsync).WithTags("Jobs").WithName("getZip")
        .WithSummary("The results of jobs as one zip file.").WithDescription("jobs: their ids, separated by commas. A result that its format can't hold is left out, and not-included.txt says why.")
        .Produces(StatusCodes.Status200OK, contentType: "application/zip")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> ZipAsync(string jobs, JobBoard board, ResultFiles files, HttpContext context, CancellationToken cancellationToken)
    {
        var ids = jobs.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 or > MostJobs)
        {
            throw StudioException.BadRequest($"{ids.Count} jobs were named; give 1 to {MostJobs}, as in ?jobs=ID,ID.");
        }

        // Until the answer is sent: what makes room for one result must not take another.
        var found = ids.ConvertAll(board.Get);
        found.ForEach(job => context.Response.RegisterForDispose(ResultFiles.ResultOf(job, board).Keep()));

        // Everything is made before the answer begins, so that what can fail fails with a sentence.
        var entries = new List<(string Path, string Name)>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { LeftOutName };
        var leftOut = new List<string>();
        foreach (var job in found)
        {
            try
            {
                var (path, name) = await files.OfAsync(job, cancellationToken: cancellationToken).ConfigureAwait(false);
                entries.Add((path, Unique(name, names)));
            }
            catch (StudioException exception) when (exception.Status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity)
            {
                // The others are no less wanted for it.
                leftOut.Add($"{job.Plan.FileName}: {exception.Message}");
            }
        }

        if (entries.Count == 0)
        {
            throw StudioException.Unusable($"None of the results could be written. {string.Join(" ", leftOut)}");
        }

        // An entry writes the few bytes at its end synchronously, also when it is disposed of asynchronously.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(stream => WriteAsync(stream, entries, leftOut, cancellationToken), "application/zip", "superres.zip");
    }

    private static async Task WriteAsync(Stream stream, List<(string Path, string Name)> entries, List<string> leftOut, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        foreach (var (path, name) in entries)
        {
            // Image files are compressed already.
            await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete });
            await file.CopyToAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (leftOut.Count > 0)
        {
            await using var entry = await zip.CreateEntry(LeftOutName).OpenAsync(cancellationToken).ConfigureAwait(false);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(leftOut.Select(line => line + "\r\n"))), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}";
        }

        return unique;
    }
}
