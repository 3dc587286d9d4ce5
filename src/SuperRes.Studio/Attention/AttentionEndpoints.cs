using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SuperRes.Studio.Images;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Attention;

/// <summary>Where networks with attention look.</summary>
internal static class AttentionEndpoints
{
    public static void MapAttention(this IEndpointRouteBuilder api)
    {
        var attention = api.MapGroup("/attention").WithTags("Attention");
        attention.MapPost("/", async (AttentionRequest request, AttentionDesk desk, Janitor janitor, CancellationToken cancellationToken) =>
                TypedResults.Ok(await desk.ComputeAsync(request, janitor.MakeRoomOrRefuse, cancellationToken).ConfigureAwait(false))).WithName("computeAttention")
            .WithSummary("The weights of a network's attention modules for an image.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        attention.MapGet("/{id}/{block:int}", (string id, int block, AttentionDesk desk, HttpContext context) =>
            {
                context.Response.Headers.CacheControl = Previews.Immutable;
                return TypedResults.PhysicalFile(desk.HeatMapOf(id, block), "image/png");
            }).WithName("getHeatMap").WithSummary("A module's spatial weights as colours.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png").ProducesProblem(StatusCodes.Status404NotFound);
    }
}
