using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SuperRes.Studio.Models;

namespace SuperRes.Studio.Http;

/// <summary>What the OpenAPI document says beside the endpoints.</summary>
internal static class OpenApiDescription
{
    private const string Scheme = "token";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "SuperRes Studio",
            Version = InfoEndpoint.Version,
            Description = "Upscale images, compare methods, look at attention and vote blindly. Errors are problem details (RFC 9457) whose detail is written for a person. A server that listens on another address than loopback asks for its token.",
        };

        // Relative to where the document was loaded, whatever name the server goes by there.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token that the server printed; none is needed on loopback." };
        return Task.CompletedTask;
    });
}
