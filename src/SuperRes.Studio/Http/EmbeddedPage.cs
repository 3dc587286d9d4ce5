using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SuperRes.Studio.Http;

/// <summary>The page's files, out of the assembly, compressed once.</summary>
internal sealed class EmbeddedPage
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".map"] = "application/json",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, Lazy<PageFile>> _files;

    public EmbeddedPage()
    {
        var assembly = typeof(EmbeddedPage).Assembly;
        _files = assembly.GetManifestResourceNames()
            .Where(name => name.Replace('\\', '/').StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name.Replace('\\', '/')[Prefix.Length..], name => new Lazy<PageFile>(() => Load(assembly.GetManifestResourceStream(name)!, name)), StringComparer.Ordinal);
    }

    /// <summary>Answers with a file; with 404 where there is none of that name. Names are keys of a table, never paths.</summary>
    public IResult Serve(HttpContext context, string? path)
    {
        if (!_files.TryGetValue(string.IsNullOrEmpty(path) ? "index.html" : path, out var lazy))
        {
            return TypedResults.NotFound();
        }

        var file = lazy.Value;
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = "no-cache";
        var compressed = file.Compressed is not null && AcceptsGzip(context.Request);
        if (compressed)
        {
            headers.ContentEncoding = "gzip";
        }

        return TypedResults.Bytes(compressed ? file.Compressed! : file.Content, file.ContentType, entityTag: new EntityTagHeaderValue(compressed ? $"\"{file.Hash}-gzip\"" : $"\"{file.Hash}\""));
    }

    // Browsers accept Brotli over TLS only.
    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    private static PageFile Load(Stream resource, string name)
    {
        using var memory = new MemoryStream();
        using (resource)
        {
            resource.CopyTo(memory);
        }

        var content = memory.ToArray();
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
        return new PageFile(content, Compress(content), type, Convert.ToHexStringLower(SHA256.HashData(content))[..32]);
    }

    private static byte[]? Compress(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return memory.Length < content.Length * 9 / 10 ? memory.ToArray() : null;
    }

    private sealed record PageFile(byte[] Content, byte[]? Compressed, string ContentType, string Hash);
}
