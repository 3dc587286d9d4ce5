namespace SuperRes.Imaging.Tests.Data.Download;

/// <summary>A file as an honest server answers for it (RFC 9110): ranges, If-Range, strong ETag.</summary>
internal sealed record ServedFile(byte[] Content, string? EntityTag = "\"one\"")
{
    public LoopbackAnswer Answer(LoopbackRequest request)
    {
        var version = EntityTag is null ? Array.Empty<string>() : [$"ETag: {EntityTag}"];
        if (request.RangeStart is not { } start || (request.IfRange is { } condition && condition != EntityTag))
        {
            return new(200, Content, version);
        }

        return start >= Content.Length
            ? new(416, default, [.. version, $"Content-Range: bytes */{Content.Length}"])
            : new(206, Content.AsMemory(start), [.. version, $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}"]);
    }

    /// <summary>The honest answer, whose connection ends after some bytes.</summary>
    public LoopbackAnswer AnswerAndDrop(LoopbackRequest request, int afterBytes, bool reset = false)
    {
        var whole = Answer(request);
        return whole with { Body = whole.Body[..Math.Min(afterBytes, whole.Body.Length)], ContentLength = whole.Body.Length, ThenReset = reset };
    }
}
