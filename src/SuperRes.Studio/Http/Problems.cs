using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Http;

/// <summary>Turns whatever a request ends with into RFC 9457 problem details with a sentence for a person.</summary>
internal sealed partial class Problems(RequestDelegate next, ILogger<Problems> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await WriteAsync(context, context.Response.StatusCode, SentenceOf(context)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer, perhaps in the middle of an answer.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var (status, detail) = Describe(context, exception);
            if (status >= 500 && exception is not StudioException)
            {
                LogFailure(exception, context.Request.Method, context.Request.Path);
            }
            else if (status >= 500 && exception.InnerException is { } cause)
            {
                LogRefusal(cause, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await WriteAsync(context, status, detail).ConfigureAwait(false);
        }
    }

    /// <summary>Writes an answer in problem details.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        SecurityHeaders.Add(context.Response.Headers);
        return TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status)).ExecuteAsync(context);
    }

    private static (int Status, string Detail) Describe(HttpContext context, Exception exception) => exception switch
    {
        StudioException studio => (studio.Status, studio.Message),
        ImageFileException image => (StatusCodes.Status422UnprocessableEntity, image.Message),
        UpscalingException upscaling => (StatusCodes.Status422UnprocessableEntity, upscaling.Message),
        ModelFileException model => (StatusCodes.Status422UnprocessableEntity, model.Message),
        BadHttpRequestException bad => (bad.StatusCode, SentenceOf(context, bad)),
        _ => (StatusCodes.Status500InternalServerError, "The server failed at this; its log says why."),
    };

    private static string SentenceOf(HttpContext context, BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => "The request came too slowly. Send it again over a faster connection.",
        StatusCodes.Status415UnsupportedMediaType => "The body has the wrong Content-Type. JSON goes as application/json, images as application/octet-stream or multipart/form-data.",
        _ => RequestFault.Of(context, exception),
    };

    private static string SentenceOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}. The addresses are listed in /openapi/v1.json.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not possible at {context.Request.Path}. The addresses are listed in /openapi/v1.json.",
        StatusCodes.Status415UnsupportedMediaType => "The body has the wrong Content-Type. JSON goes as application/json, images as application/octet-stream or multipart/form-data.",
        _ => ReasonPhrases.GetReasonPhrase(context.Response.StatusCode),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailure(Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not be carried out")]
    private partial void LogRefusal(Exception exception, string method, string path);
}
