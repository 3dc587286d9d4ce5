using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SuperRes.Studio.Images;

/// <summary>Receives one file, as the body itself or as the field <c>file</c> of a form, without ever holding it in memory.</summary>
/// <param name="request">The request.</param>
/// <param name="limits">What is taken.</param>
/// <param name="makeRoom">Called before bytes are stored, again and again; throws where there is no room.</param>
internal sealed class Upload(HttpRequest request, StudioLimits limits, Action makeRoom)
{
    public const string NameHeader = "X-File-Name";
    private const string FieldName = "file";
    private const int LongestBoundary = 100;

    // Many uploads at once can together pass the disk's share by so much each.
    private const long BytesBetweenChecks = 16 << 20;

    // A form's boundaries and headers.
    private const long Slack = 64 << 10;

    /// <summary>Copies the file's bytes and returns the user's name for it.</summary>
    /// <exception cref="StudioException">There is no file, it is too large or too slow, or there is no room for it.</exception>
    public async Task<string> CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limits.Bytes + Slack)
        {
            throw TooLarge();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limits.Bytes + Slack;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Ends the read that waits without leaving it pending, which a token would: the server drains what is left of the body.
        using var end = patience.Token.Register(static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        patience.CancelAfter(limits.UploadTime);
        try
        {
            return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? await CopyFormAsync(type, target).ConfigureAwait(false)
                : await CopyBodyAsync(target).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StudioException(StatusCodes.Status408RequestTimeout, $"The upload took longer than {limits.UploadTime.TotalSeconds:0} seconds. Send a smaller file.");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw StudioException.BadRequest($"The form can't be read: {exception.Message}", exception);
        }
    }

    private async Task<string> CopyBodyAsync(Stream target)
    {
        await CopyAsync(new BodyStream(request.BodyReader), target).ConfigureAwait(false);
        return Decode(request.Headers[NameHeader].ToString());
    }

    private async Task<string> CopyFormAsync(MediaTypeHeaderValue type, Stream target)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
        {
            throw StudioException.BadRequest("The form has no usable boundary in its Content-Type. Let the client make the form, as curl -F file=@photo.jpg does.");
        }

        var reader = new MultipartReader(boundary, new BodyStream(request.BodyReader)) { HeadersCountLimit = 16, HeadersLengthLimit = 8 << 10 };
        while (await reader.ReadNextSectionAsync().ConfigureAwait(false) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(FieldName, StringComparison.Ordinal))
            {
                await CopyAsync(section.Body, target).ConfigureAwait(false);
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                return HeaderUtilities.RemoveQuotes(name).ToString();
            }
        }

        throw StudioException.BadRequest($"The form has no field '{FieldName}'. Send the image as curl -F {FieldName}=@photo.jpg does.");
    }

    private async Task CopyAsync(Stream source, Stream target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var (total, checkAt) = (0L, 0L);
            for (int count; (count = await source.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                if (total >= checkAt)
                {
                    makeRoom();
                    checkAt = total + BytesBetweenChecks;
                }

                total += count;
                if (total > limits.Bytes)
                {
                    throw TooLarge();
                }

                await StoreAsync(target, buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task StoreAsync(Stream target, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await target.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw StudioException.DiskFailed("The upload", exception);
        }
    }

    private StudioException TooLarge() => StudioException.TooLarge(FormattableString.Invariant(
        $"The file is larger than the {limits.Bytes / 1e6:0.##} MB that this server takes. Send a smaller one, or start the server with --max-bytes."));

    private static string Decode(string name)
    {
        try
        {
            return Uri.UnescapeDataString(name);
        }
        catch (UriFormatException)
        {
            return name;
        }
    }
}
