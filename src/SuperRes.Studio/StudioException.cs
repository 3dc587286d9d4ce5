using Microsoft.AspNetCore.Http;

namespace SuperRes.Studio;

/// <summary>
/// A request that can't be carried out. The message is for the person who asked: what was got, what was expected and what
/// to do next; it becomes the <c>detail</c> of the answer.
/// </summary>
internal sealed class StudioException(int status, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Status { get; } = status;

    public static StudioException BadRequest(string message, Exception? inner = null) => new(StatusCodes.Status400BadRequest, message, inner);

    public static StudioException NotFound(string message) => new(StatusCodes.Status404NotFound, message);

    public static StudioException Conflict(string message) => new(StatusCodes.Status409Conflict, message);

    public static StudioException TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, message);

    /// <summary>The body came through and is not what it should be.</summary>
    public static StudioException Unusable(string message, Exception? inner = null) => new(StatusCodes.Status422UnprocessableEntity, message, inner);

    public static StudioException TooMany(string message) => new(StatusCodes.Status429TooManyRequests, message);
}
