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
    private readonly Dictionary<string, ResultFile> _files = new(StringComparer.Ordinal);
    private int _keepers;
    private bool _disposed;

    public string Path { get; } = path;

    /// <summary>Whether the file is one that browsers show.</summary>
    public bool IsShowable { get; } = sampleType == SampleType.UInt8;

    /// <summary>Whether somebody waits for its files or keeps them: removing it would free nothing yet.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_lock)
            {
                return _keepers > 0 || _files.Values.Any(file => file.Waiting > 0);
            }
        }
    }

    /// <summary>How the file of such samples is written.</summary>
    public static ImageWriteOptions OptionsFor(SampleType sampleType) => new()
    {
        Format = sampleType == SampleType.Float32 ? ImageFormat.Tiff : ImageFormat.Png,
        PngCompression = 0,
        PngFilter = PngFilter.None,
        TiffCompression = TiffCompression.None,
    };

    /// <summary>The result from row to row; the caller disposes it.</summary>
    public ImageRowReader OpenRows(CancellationToken cancellationToken) => ImageRowReader.Open(Path, new ImageReadLimits { MaxPixels = long.MaxValue }, cancellationToken);

    /// <summary>The result whole, with its colour profile.</summary>
    public LoadedImage Read(CancellationToken cancellationToken) => ImageFile.Read(Path, new ImageReadLimits { MaxPixels = long.MaxValue }, cancellationToken);

    /// <summary>The path of a file made of the result, which is made once, and no longer than somebody waits for it.</summary>
    /// <param name="key">What distinguishes it from other files of this result.</param>
    /// <param name="write">Makes the file at a path, until it is told to stop.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StudioException">The result has been removed.</exception>
    public async Task<string> FileAsync(string key, Func<string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var file = Ask(key, write);
        try
        {
            return await file.Made.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Removed();
        }
        finally
        {
            Leave(key, file);
        }
    }

    /// <summary>Keeps the files until what this returns is disposed, also where the result is disposed before.</summary>
    /// <exception cref="StudioException">The result has been removed.</exception>
    public IDisposable Keep()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Removed();
            }

            _keepers++;
            return new Keeper(this);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            DeleteUnlessKept();
        }
    }

    private void LetGo()
    {
        lock (_lock)
        {
            _keepers--;
            DeleteUnlessKept();
        }
    }

    private void DeleteUnlessKept()
    {
        if (!_disposed || _keepers > 0)
        {
            return;
        }

        storage.Delete(Path);
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
    }

    private static StudioException Removed() => StudioException.NotFound("The job was removed, and its result with it. Start it again.");

    private ResultFile Ask(string key, Func<string, CancellationToken, Task> write)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw Removed();
            }

            if (!_files.TryGetValue(key, out var file))
            {
                _files[key] = file = new ResultFile(storage, write);
            }

            file.Waiting++;
            return file;
        }
    }

    /// <summary>What nobody waits for any more and is not complete is not made; who asks next begins anew.</summary>
    private void Leave(string key, ResultFile file)
    {
        lock (_lock)
        {
            if (--file.Waiting == 0 && !file.Made.IsCompletedSuccessfully && _files.Remove(key))
            {
                file.Dispose();
            }
        }
    }

    private sealed class Keeper(JobResult result) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                result.LetGo();
            }
        }
    }
}
