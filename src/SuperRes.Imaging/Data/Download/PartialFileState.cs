using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace SuperRes.Imaging.Data.Download;

/// <summary>What a server said of a file when its download began.</summary>
/// <param name="Address">Where the file is.</param>
/// <param name="EntityTag">The strong ETag with its quotes, where the server gave one.</param>
/// <param name="LastModified">The Last-Modified date, where the server gave one.</param>
/// <param name="Bytes">The file's whole size, where the server gave one.</param>
internal sealed record PartialFileState(string Address, string? EntityTag = null, DateTimeOffset? LastModified = null, long? Bytes = null)
{
    /// <summary>No answer has been received yet, so whatever is on disk can't be trusted.</summary>
    [JsonIgnore]
    public bool IsUnknown { get; init; }

    public static PartialFileState Unknown(Uri address) => new(address.AbsoluteUri, null, null, null) { IsUnknown = true };

    public static PartialFileState Of(Uri address, HttpResponseMessage response, long? bytes) => new(
        address.AbsoluteUri,
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        response.Content.Headers.LastModified,
        bytes);

    /// <summary>The condition under which the server may continue the file instead of sending all of it.</summary>
    public RangeConditionHeaderValue? Condition() =>
        EntityTag is not null ? new RangeConditionHeaderValue(new EntityTagHeaderValue(EntityTag))
        : LastModified is { } date ? new RangeConditionHeaderValue(date)
        : null;

    /// <summary>Whether a later answer is about the same version of the file, as far as both tell.</summary>
    public bool IsSameVersion(PartialFileState other) =>
        (EntityTag is null || other.EntityTag is null || EntityTag == other.EntityTag)
        && (LastModified is null || other.LastModified is null || LastModified == other.LastModified)
        && (Bytes is null || other.Bytes is null || Bytes == other.Bytes);
}
