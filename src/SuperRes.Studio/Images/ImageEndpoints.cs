using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Images;

/// <summary>Upload, look at and remove images.</summary>
internal static class ImageEndpoints
{
    private const int LargestPreview = 8192;

    public static void MapImages(this IEndpointRouteBuilder api)
    {
        var images = api.MapGroup("/images").WithTags("Images");
        images.MapPost("/", AddAsync).WithName("addImage")
            .WithSummary("Uploads an image.")
            .WithDescription("The body is the file's bytes (application/octet-stream or image/*, with the name percent-encoded in X-File-Name), or a form with the field 'file'. The file's content decides its format.")
            .Accepts<IFormFile>("application/octet-stream", "multipart/form-data", "image/*")
            .Produces<ImageView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status408RequestTimeout).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        images.MapGet("/{id}", (string id, ImageStore store) => TypedResults.Ok(store.Get(id).ToView())).WithName("getImage")
            .WithSummary("What is known of an image.").ProducesProblem(StatusCodes.Status404NotFound);
        images.MapGet("/{id}/preview", PreviewAsync).WithName("getImagePreview")
            .WithSummary("The image as a screen shows it: PNG, 8 bits, sRGB.")
            .WithDescription("max is the longest side in pixels; without it the image keeps its size.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        images.MapDelete("/{id}", Remove).WithName("deleteImage").WithSummary("Removes an image.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Created<ImageView>> AddAsync(HttpRequest request, ImageStore store, Janitor janitor, StudioOptions options, CancellationToken cancellationToken)
    {
        var image = await store.AddAsync(new Upload(request, options.Limits, () => janitor.MakeRoomOrRefuse()).CopyToAsync, cancellationToken).ConfigureAwait(false);
        return TypedResults.Created($"/api/v1/images/{image.Id}", image.ToView());
    }

    private static async Task<IResult> PreviewAsync(string id, ImageStore store, Previews previews, StudioOptions options, int? max, CancellationToken cancellationToken)
    {
        if (max is < 1 or > LargestPreview)
        {
            throw StudioException.BadRequest($"max is {max}; it goes from 1 to {LargestPreview}.");
        }

        using var lease = store.Lease(id);
        return await previews.OfFileAsync(lease.Image.Path, lease.Image.Name, options.Limits.Pixels, max, cancellationToken).ConfigureAwait(false);
    }

    private static NoContent Remove(string id, ImageStore store) => store.Remove(id)
        ? TypedResults.NoContent()
        : throw StudioException.NotFound($"There is no image '{ImageStore.Shown(id)}'.");
}
