using System.Collections.Concurrent;
using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Studio.Images;
using SuperRes.Studio.Models;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Attention;

/// <summary>Computes where networks look, one after the other, and keeps the heat maps on the disk.</summary>
internal sealed class AttentionDesk(ImageStore images, ModelShelf models, TemporaryStorage storage, StudioOptions options)
{
    // Every module's map stays in memory until it is painted: at 16 modules this is 256 MB.
    private const int MostPixels = 4_000_000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Computes an answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="makeRoom">Called with the bytes that heat maps are about to take; throws where there is no room.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StudioException">The model has no attention, the image is too large, or there is no room.</exception>
    public async Task<AttentionView> ComputeAsync(AttentionRequest request, Action<long> makeRoom, CancellationToken cancellationToken)
    {
        // Kept while it waits for its turn.
        using var lease = images.Lease(request.Image);
        var image = lease.Image;
        var model = models.Get(request.Model);
        if (!model.Attention)
        {
            var known = models.Models.Where(other => other.Attention).Select(other => other.Name).ToList();
            throw StudioException.BadRequest($"{model.Name} has no attention to show. " + (known.Count > 0
                ? $"These have: {string.Join(", ", known)}."
                : "No model here has; train one with CBAM, and start the server with it in SUPERRES_MODELS."));
        }

        request.Region?.ThrowUnlessWithin(image.Header.Width, image.Header.Height);
        var pixels = request.Region is { } region ? (long)region.Width * region.Height : (long)image.Header.Width * image.Header.Height;
        if (pixels > MostPixels)
        {
            throw StudioException.TooLarge(FormattableString.Invariant($"{pixels / 1e6:0.##} megapixels are too many for attention maps, which take at most {MostPixels / 1e6:0.##}. Choose a region."));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Limits.JobTime);
        try
        {
            return await InTurnAsync(() => Compute(request, image, model, makeRoom, limit.Token), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw StudioException.Unusable($"With what came before it, it took longer than the {options.Limits.JobTime.TotalSeconds:0} seconds that this server allows. Choose a region, or try again later.");
        }
    }

    /// <summary>The path of a heat map.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public string HeatMapOf(string id, int block)
    {
        if (!_entries.TryGetValue(id, out var entry) || !entry.Files.TryGetValue(block, out var path))
        {
            throw StudioException.NotFound("There is no such heat map. It may have expired; ask again.");
        }

        entry.LastUsed = options.Time.GetTimestamp();
        return path;
    }

    /// <summary>Ids of the answers that nobody has looked at since, the longest first.</summary>
    public IReadOnlyList<string> UnusedSince(long timestamp) =>
        [.. _entries.Where(entry => entry.Value.LastUsed <= timestamp).OrderBy(entry => entry.Value.LastUsed).Select(entry => entry.Key)];

    /// <summary>Forgets an answer, and deletes its heat maps.</summary>
    public void Remove(string id)
    {
        if (_entries.TryRemove(id, out var entry))
        {
            Delete(entry);
        }
    }

    private async Task<AttentionView> InTurnAsync(Func<AttentionView> compute, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(compute, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private AttentionView Compute(AttentionRequest request, StoredImage image, ModelView model, Action<long> makeRoom, CancellationToken cancellationToken)
    {
        var pixels = Previews.Decode(image, options, cancellationToken).Pixels;
        if (request.Region is { } region)
        {
            pixels = pixels.Crop(region.X, region.Y, region.Width, region.Height);
        }

        var network = ModelFile.Load(models.FileOf(model) ?? throw StudioException.NotFound($"The file of {model.Name} is no longer there."));
        var layers = AttentionMaps.Compute(network, pixels, options: new MethodOptions { Threads = options.Threads, MemoryBudget = options.Limits.JobMemory }, cancellationToken: cancellationToken);
        makeRoom(layers.Sum(layer => layer.Spatial is { } map ? HeatMap.BytesPerPixel * (long)map.Width * map.Height : 0));
        var id = TemporaryStorage.NewId();
        var entry = new Entry();
        try
        {
            IReadOnlyList<AttentionLayerView> views = [.. layers.Select(layer =>
                new AttentionLayerView(layer.Name, layer.Number, layer.ChannelWeights, layer.Spatial is { } map ? Paint(id, entry, layer.Number, map, cancellationToken) : null))];
            entry.LastUsed = options.Time.GetTimestamp();
            _entries[id] = entry;
            return new AttentionView(id, pixels.Width, pixels.Height, views);
        }
        catch
        {
            Delete(entry);
            throw;
        }
    }

    private void Delete(Entry entry)
    {
        foreach (var path in entry.Files.Values)
        {
            storage.Delete(path);
        }
    }

    private SpatialView Paint(string id, Entry entry, int block, SpatialAttention map, CancellationToken cancellationToken)
    {
        var (min, max) = (Minimum(map.Weights.Span), Maximum(map.Weights.Span));
        var path = storage.NewPath(TemporaryStorage.NewId(), ".heat");
        entry.Files[block] = path;
        TemporaryStorage.Storing(
            path, "The heat map", () => ImageFile.Write(path, HeatMap.Paint(map, min, max), null, new ImageWriteOptions { Format = ImageFormat.Png, PngCompression = 1 }, cancellationToken));
        return new SpatialView(map.Width, map.Height, min, max, $"/api/v1/attention/{id}/{block}");
    }

    private static float Minimum(ReadOnlySpan<float> values)
    {
        var least = float.PositiveInfinity;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    private static float Maximum(ReadOnlySpan<float> values)
    {
        var most = float.NegativeInfinity;
        foreach (var value in values)
        {
            most = Math.Max(most, value);
        }

        return most;
    }

    private sealed class Entry
    {
        public ConcurrentDictionary<int, string> Files { get; } = new();

        public long LastUsed { get; set; }
    }
}
