using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SuperRes.Studio.Contests;

/// <summary>All models on one part of an image.</summary>
internal static class ContestEndpoints
{
    public static void MapContests(this IEndpointRouteBuilder api)
    {
        var contests = api.MapGroup("/contests").WithTags("Contests");
        contests.MapPost("/", (ContestRequest request, ContestBoard board) =>
            {
                var contest = board.Add(request);
                return TypedResults.Accepted($"/api/v1/contests/{contest.Id}", contest);
            }).WithName("addContest").WithSummary("Starts a job for each model on the same part of an image.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        contests.MapGet("/{id}", (string id, ContestBoard board) => TypedResults.Ok(board.Get(id))).WithName("getContest")
            .WithSummary("How far its jobs are.").ProducesProblem(StatusCodes.Status404NotFound);
    }
}
