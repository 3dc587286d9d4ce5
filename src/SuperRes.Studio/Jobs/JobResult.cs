using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Jobs;

/// <summary>
/// The pixels that a job made, bare on the disk, so that memory does not grow with the number of results; in memory too for
/// as long as nothing else needs it. Files of any format are made of them when somebody asks.
/// </summary>
internal sealed class JobResult : IDisposable
{
    private const int ChunkBytes = 1 << 24;

    private readonly TemporaryStorage _storage;
    private readonly string _path;
    private readonly WeakReference<ImageBuffer> _pixels;
    private readonly (int Width, int Height, ColorModel Color, SampleType SampleType) _shape;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<string>> _files = new(StringComparer.Ordinal);

    public JobResult(TemporaryStorage storage, ImageBuffer pixels)
    {
        _storage = storage;
        _path = storage.NewPath(TemporaryStorage.NewId(), ".pixels");
        _pixels = new WeakReference<ImageBuffer>(pixels);
        _shape = (pixels.Width, pixels.Height, pixels.Color, pixels.SampleType);
        try
        {
            Save(pixels);
        }
        catch
        {
            File.Delete(_path);
            throw;
        }
    }

    public ImageBuffer ReadPixels(CancellationToken cancellationToken)
    {
        if (_pixels.TryGetTarget(out var pixels))
        {
            return pixels;
        }

        pixels = new ImageBuffer(_shape.Width, _shape.Height, _shape.Color, _shape.SampleType);
        var bytes = pixels.Bytes();
        using var file = File.OpenHandle(_path);
        for (var done = 0; done < bytes.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = RandomAccess.Read(file, bytes.Slice(done, Math.Min(ChunkBytes, bytes.Length - done)), done);
            done += count > 0 ? count : throw new EndOfStreamException($"The result's pixels end after {done} of {bytes.Length} bytes.");
        }

        _pixels.SetTarget(pixels);
        return pixels;
    }

    /// <summary>The path of a file made of the pixels, which is made once.</summary>
    /// <param name="key">What distinguishes it from other files of this result.</param>
    /// <param name="write">Makes the file at a path.</param>
    public async Task<string> FileAsync(string key, Action<string> write)
    {
        Task<string>? file;
        lock (_lock)
        {
            if (!_files.TryGetValue(key, out file))
            {
                var path = _storage.NewPath(TemporaryStorage.NewId(), ".result");
                file = Task.Run(() =>
                {
                    write(path);
                    return path;
                });
                _files[key] = file;
            }
        }

        try
        {
            return await file.ConfigureAwait(false);
        }
        catch
        {
            lock (_lock)
            {
                _files.Remove(key);
            }

            throw;
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        lock (_lock)
        {
            foreach (var file in _files.Values)
            {
                file.ContinueWith(
                    static finished => File.Delete(finished.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }

            _files.Clear();
        }
    }

    private void Save(ImageBuffer pixels)
    {
        ReadOnlySpan<byte> bytes = pixels.Bytes();
        using var file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, preallocationSize: bytes.Length);
        for (var done = 0; done < bytes.Length; done += ChunkBytes)
        {
            RandomAccess.Write(file, bytes.Slice(done, Math.Min(ChunkBytes, bytes.Length - done)), done);
        }
    }
}
