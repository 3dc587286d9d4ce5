using SuperRes.Imaging;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Images;

/// <summary>An uploaded file. It stays on the disk until it is removed and the last that needs it has let go.</summary>
internal sealed class StoredImage(TemporaryStorage storage, string id, string path, string name, ImageHeader header, bool hasProfile, long bytes)
{
    private readonly Lock _lock = new();
    private int _leases = 1;

    public string Id { get; } = id;

    public string Path { get; } = path;

    /// <summary>What the user calls it; for showing only.</summary>
    public string Name { get; } = name;

    public ImageHeader Header { get; } = header;

    public bool HasProfile { get; } = hasProfile;

    public long Bytes { get; } = bytes;

    /// <summary>Timestamp of the last request that named it.</summary>
    public long LastUsed { get; set; }

    /// <summary>Whether a job or a request keeps the file.</summary>
    public bool IsLeased
    {
        get
        {
            lock (_lock)
            {
                return _leases > 1;
            }
        }
    }

    /// <summary>Keeps the file until <see cref="Release"/>.</summary>
    /// <returns>Whether it is still there.</returns>
    public bool TryLease()
    {
        lock (_lock)
        {
            if (_leases == 0)
            {
                return false;
            }

            _leases++;
            return true;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            if (--_leases == 0)
            {
                storage.Delete(Path);
            }
        }
    }

    public ImageView ToView() => new(
        Id, Name, Header.Width, Header.Height, ImageFormats.Name(Header.Format), 8 * Pixels.ImageBuffer.BytesPerSample(Header.SampleType),
        Header.Color, Header.Color is SuperRes.Pixels.ColorModel.GrayAlpha or SuperRes.Pixels.ColorModel.Rgba, HasProfile, Bytes);
}
