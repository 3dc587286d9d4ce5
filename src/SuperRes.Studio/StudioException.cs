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

    public static StudioException NoRoom(string message, Exception? inner = null) => new(StatusCodes.Status507InsufficientStorage, message, inner);

    /// <summary>A file of the server's own could not be written or read; its path and the system's words are for the log.</summary>
    /// <param name="what">What could not be stored, as a sentence begins: "The upload".</param>
    /// <param name="inner">What the system said.</param>
    public static StudioException DiskFailed(string what, Exception inner) =>
        NoRoom($"{what} could not be stored: there is no room on the server's disk, or it fails. Free some, or try again later.", inner);

    public static StudioException TooMany(string message) => new(StatusCodes.Status429TooManyRequests, message);
}
