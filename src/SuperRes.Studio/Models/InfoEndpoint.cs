using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SuperRes.Imaging;

namespace SuperRes.Studio.Models;

/// <summary>What this server is and can do.</summary>
internal static class InfoEndpoint
{
    /// <summary>The library's version, without what the build appends.</summary>
    public static string Version { get; } =
        typeof(InfoEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void MapInfo(this IEndpointRouteBuilder api) =>
        api.MapGet("/info", (ModelShelf models, StudioOptions options) => TypedResults.Ok(Describe(models, options.Limits)))
            .WithName("getInfo").WithTags("Info").WithSummary("Version, limits, formats and models.");

    private static InfoView Describe(ModelShelf models, StudioLimits limits) => new(
        Version,
        new LimitsView(limits.Bytes, limits.Pixels, limits.ResultPixels, limits.Queue, limits.JobTime.TotalSeconds),
        new FormatsView([.. ImageFormats.Readable.SelectMany(Extensions).Distinct()], [.. ImageFormats.Writable.Select(Describe)]),
        models.Models,
        models.Defaults);

    private static WritableFormat Describe(ImageFormat format)
    {
        var quality = ImageWriteOptions.Default.QualityOf(format);
        return new WritableFormat(ImageFormats.Extension(format)[1..], ImageFormats.Name(format), quality is not null || format == ImageFormat.Gif, quality);
    }

    private static string[] Extensions(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => [".jpg", ".jpeg"],
        ImageFormat.Tiff => [".tif", ".tiff"],
        ImageFormat.Heif => [".heic", ".heif"],
        _ => [ImageFormats.Extension(format)],
    };
}
