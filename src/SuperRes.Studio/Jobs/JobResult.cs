using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Jobs;

/// <summary>
/// What a job made, on the disk, so that memory does not grow with the number or the size of results: a PNG that is not
/// compressed (of float samples a TIFF), written while the job goes. A browser on this machine is shown that very file;
/// files of any format are made of it when somebody asks.
/// </summary>
internal sealed class JobResult(TemporaryStorage storage, string path, SampleType sampleType) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<string>> _files = new(StringComparer.Ordinal);
    private bool _disposed;

    public string Path { get; } = path;

    /// <summary>Whether the file is one that browsers show.</summary>
    public bool IsShowable { get; } = sampleType == SampleType.UInt8;

    /// <summary>How the file of such samples is written.</summary>
    public static ImageWriteOptions OptionsFor(SampleType sampleType) => new()
    {
        Format = sampleType == SampleType.Float32 ? ImageFormat.Tiff : ImageFormat.Png,
        PngCompression = 0,
        PngFilter = PngFilter.None,
        TiffCompression = TiffCompression.None,
    };

    /// <summary>The result from row to row; the caller disposes it.</summary>
    public ImageRowReader OpenRows() => ImageRowReader.Open(Path, new ImageReadLimits { MaxPixels = long.MaxValue });

    /// <summary>The result whole, with its colour profile.</summary>
    public LoadedImage Read(CancellationToken cancellationToken) => ImageFile.Read(Path, new ImageReadLimits { MaxPixels = long.MaxValue }, cancellationToken);

    /// <summary>The path of a file made of the result, which is made once.</summary>
    /// <param name="key">What distinguishes it from other files of this result.</param>
    /// <param name="write">Makes the file at a path.</param>
    public async Task<string> FileAsync(string key, Action<string> write)
    {
        Task<string>? file;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_files.TryGetValue(key, out file))
            {
                var target = storage.NewPath(TemporaryStorage.NewId(), ".result");
                file = Task.Run(() =>
                {
                    write(target);
                    return target;
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
        lock (_lock)
        {
            _disposed = true;
            storage.Delete(Path);
            foreach (var file in _files.Values)
            {
                file.ContinueWith(
                    finished => storage.Delete(finished.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }

            _files.Clear();
        }
    }
}
