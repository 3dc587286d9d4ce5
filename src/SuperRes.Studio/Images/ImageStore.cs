using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using SuperRes.Imaging;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Images;

/// <summary>The uploaded images, by their ids.</summary>
internal sealed partial class ImageStore(TemporaryStorage storage, StudioOptions options, StudioMetrics metrics, ILogger<ImageStore> logger)
{
    // Reading headers costs little, but some formats make libvips allocate before it refuses.
    private readonly SemaphoreSlim _inspecting = new(Environment.ProcessorCount);
    private readonly ConcurrentDictionary<string, StoredImage> _images = new(StringComparer.Ordinal);

    public int Count => _images.Count;

    /// <summary>Takes in a file: its header decides whether it is one that can be worked on.</summary>
    /// <exception cref="StudioException">It is no image, or larger than allowed.</exception>
    public async Task<StoredImage> AddAsync(Func<Stream, CancellationToken, Task<string>> receive, CancellationToken cancellationToken)
    {
        var id = TemporaryStorage.NewId();
        var path = storage.NewPath(id, ".upload");
        try
        {
            string name;
            long bytes;

            // Without a buffer, whose rest would meet a full disk only when it is closed.
            await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 }))
            {
                name = UserFileName.Clean(await receive(file, cancellationToken).ConfigureAwait(false));
                bytes = file.Length;
            }

            if (bytes == 0)
            {
                throw StudioException.BadRequest("The file is empty. Send the bytes of an image.");
            }

            var image = await InspectAsync(id, path, name, bytes, cancellationToken).ConfigureAwait(false);
            image.LastUsed = options.Time.GetTimestamp();
            _images[id] = image;
            metrics.Uploaded(bytes);
            LogUpload(id, bytes, image.Header.Format, image.Header.Width, image.Header.Height);
            return image;
        }
        catch
        {
            storage.Delete(path);
            throw;
        }
    }

    /// <summary>The image of an id.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public StoredImage Get(string id) => TryGet(id, out var image) ? image : throw NoSuch(id);

    /// <summary>The image of an id, whose file stays until the lease is disposed.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public ImageLease Lease(string id) => Get(id) is var image && image.TryLease() ? new ImageLease(image) : throw NoSuch(id);

    public bool TryGet(string id, [NotNullWhen(true)] out StoredImage? image)
    {
        if (!_images.TryGetValue(id, out image))
        {
            return false;
        }

        image.LastUsed = options.Time.GetTimestamp();
        return true;
    }

    /// <summary>Forgets an image; its file goes when no job needs it any more.</summary>
    public bool Remove(string id)
    {
        if (!_images.TryRemove(id, out var image))
        {
            return false;
        }

        image.Release();
        return true;
    }

    /// <summary>Images that nobody has named for a while, the longest first.</summary>
    public IReadOnlyList<StoredImage> UnusedSince(long timestamp) =>
        [.. _images.Values.Where(image => image.LastUsed <= timestamp).OrderBy(image => image.LastUsed)];

    /// <summary>An id as a user sent it, short enough to be repeated.</summary>
    public static string Shown(string id) => UserFileName.Clean(id.Length <= 40 ? id : id[..40] + "…");

    private static StudioException NoSuch(string id) => StudioException.NotFound($"There is no image '{Shown(id)}'. It may have expired; upload it again.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Image {Image} of {Bytes} bytes: {Format}, {Width}x{Height}")]
    private partial void LogUpload(string image, long bytes, ImageFormat format, int width, int height);

    private async Task<StoredImage> InspectAsync(string id, string path, string name, long bytes, CancellationToken cancellationToken)
    {
        await _inspecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Inspect(id, path, name, bytes, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _inspecting.Release();
        }
    }

    private StoredImage Inspect(string id, string path, string name, long bytes, CancellationToken cancellationToken) => Naming(path, name, () =>
    {
        var limit = options.Limits.Pixels;
        var header = ImageFile.ReadHeader(path);
        if ((long)header.Width * header.Height > limit)
        {
            throw StudioException.TooLarge(FormattableString.Invariant(
                $"'{name}' has {header.Width} x {header.Height} pixels, and this server takes at most {limit / 1e6:0.##} megapixels. Reduce it, or start the server with --max-pixels."));
        }

        using var reader = ImageRowReader.Open(path, new ImageReadLimits { MaxPixels = limit }, cancellationToken);
        return new StoredImage(storage, id, path, name, reader.Header, !reader.Metadata.IccProfile.IsEmpty, bytes);
    });

    /// <summary>Runs what reads a file, and calls the file in errors what the user calls it.</summary>
    public static T Naming<T>(string path, string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImageFileException exception)
        {
            throw StudioException.Unusable(exception.Message.Replace(path, name, StringComparison.Ordinal), exception);
        }
    }
}
