using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Jobs;

/// <summary>Makes files of results, once each, when somebody asks: to download, and to show.</summary>
internal sealed class ResultFiles(JobBoard board, Janitor janitor, StudioOptions options)
{
    private const int RowsAtOnce = 64;

    // Some encoders hold the whole image: each of these may take as much memory as a job.
    private readonly SemaphoreSlim _encoding = new(2);

    /// <summary>The path of the file, and the name to download it by.</summary>
    /// <param name="job">A job that is done.</param>
    /// <param name="format">The format's id; null for the job's own.</param>
    /// <param name="quality">1 to 100; null for the job's own, or the format's default.</param>
    /// <param name="cancellationToken">Stops waiting; the file is made no further where nobody else waits for it.</param>
    /// <exception cref="StudioException">The job is not done, or the format can't hold its result or takes too much memory or time.</exception>
    public async Task<(string Path, string Name)> OfAsync(Job job, string? format = null, int? quality = null, CancellationToken cancellationToken = default)
    {
        var result = ResultOf(job, board);
        if (quality is < 1 or > 100)
        {
            throw StudioException.BadRequest($"The quality is {quality}; it goes from 1 to 100.");
        }

        var target = format is null ? job.Plan.Format : JobPlanner.ParseFormat(format);
        var writing = Options(target, quality ?? job.Request.Quality);
        var path = await FileAsync(
            job,
            $"{target}-{quality ?? job.Request.Quality}",
            async (file, stop) => job.AddNotes(await EncodeAsync(job, result, file, MetadataOf(job), writing, SampleTypeOf(job), stop).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return (path, job.Plan.Stem + ImageFormats.Extension(target));
    }

    /// <summary>The path of a PNG that a browser shows at full size.</summary>
    /// <param name="job">A job that is done.</param>
    /// <param name="isLocal">Whether the browser is on this machine, where bytes cost less than compressing them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StudioException">The job is not done.</exception>
    public async Task<string> PreviewAsync(Job job, bool isLocal, CancellationToken cancellationToken)
    {
        var result = ResultOf(job, board);
        if (result.IsShowable && isLocal)
        {
            return result.Path;
        }

        var writing = new ImageWriteOptions { Format = ImageFormat.Png, PngCompression = isLocal ? 0 : 1 };
        return await FileAsync(
            job, $"preview-{writing.PngCompression}", (file, stop) => EncodeAsync(job, result, file, null, writing, SampleType.UInt8, stop), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a job made.</summary>
    /// <exception cref="StudioException">It is not done.</exception>
    public static JobResult ResultOf(Job job, JobBoard board) => job.Result ?? throw StudioException.Conflict(board.View(job) switch
    {
        { State: JobState.Failed, Error: var error } => $"The job failed and has no result: {error}",
        { State: JobState.Cancelled } => "The job was cancelled and has no result. Start it again.",
        _ => "The job is not done yet. Wait for 'done' on its events.",
    });

    private async Task<string> FileAsync(Job job, string key, Func<string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var path = await ResultOf(job, board).FileAsync(key, write, cancellationToken).ConfigureAwait(false);

        // Making it may have taken long, and it is read now.
        board.Touch(job);
        return path;
    }

    private static SampleType SampleTypeOf(Job job) => job.Plan.Image.Header.SampleType;

    /// <summary>The most that a file takes on the disk, about: PNG and TIFF may shrink nothing, the others come to a quarter and mostly to much less.</summary>
    private static long BytesOf(JobPlan plan, ImageFormat format) => format is ImageFormat.Png or ImageFormat.Tiff ? plan.Bytes : plan.Bytes / 4;

    /// <summary>What the upload says beside its pixels.</summary>
    private ImageMetadata MetadataOf(Job job) => ImageStore.Naming(job.Plan.Image.Path, job.Plan.Image.Name, () =>
    {
        using var reader = ImageRowReader.Open(job.Plan.Image.Path, new ImageReadLimits { MaxPixels = options.Limits.Pixels });
        return reader.Metadata;
    });

    private static ImageWriteOptions Options(ImageFormat format, int? quality)
    {
        var options = new ImageWriteOptions { Format = format };
        return quality is { } value ? options.WithQuality(value) : options;
    }

    private async Task<IReadOnlyList<string>> EncodeAsync(
        Job job, JobResult result, string file, ImageMetadata? metadata, ImageWriteOptions writing, SampleType sampleType, CancellationToken stop)
    {
        await _encoding.WaitAsync(stop).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Limits.JobTime);
        try
        {
            janitor.MakeRoomOrRefuse(BytesOf(job.Plan, writing.Format!.Value));
            return Encode(result, file, metadata, writing, sampleType, limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw StudioException.Unusable(
                $"Writing {ImageFormats.Name(writing.Format!.Value)} took longer than the {options.Limits.JobTime.TotalSeconds:0} seconds that this server allows. Choose PNG, JPEG or TIFF.");
        }
        catch (ImageFileException exception) when (exception.InnerException is not IOException)
        {
            throw StudioException.Unusable(exception.Message.Replace(file, job.Plan.FileName, StringComparison.Ordinal), exception);
        }
        catch (IOException exception)
        {
            throw StudioException.DiskFailed("The file", exception);
        }
        finally
        {
            _encoding.Release();
        }
    }

    /// <param name="result">What to encode.</param>
    /// <param name="file">Where to.</param>
    /// <param name="metadata">What goes along; null for the result's colour profile alone.</param>
    /// <param name="writing">How.</param>
    /// <param name="sampleType">The samples that the writer gets.</param>
    /// <param name="cancellationToken">Leaves nothing of the file.</param>
    private IReadOnlyList<string> Encode(JobResult result, string file, ImageMetadata? metadata, ImageWriteOptions writing, SampleType sampleType, CancellationToken cancellationToken)
    {
        using var rows = result.OpenRows(cancellationToken);
        var (width, height, color) = (rows.Header.Width, rows.Header.Height, rows.Header.Color);
        ThrowIfTooMuchMemory(rows.EstimateMemory() + ImageStripWriter.EstimateMemory(width, height, color, sampleType, writing), writing.Format!.Value);
        using var writer = ImageStripWriter.Create(
            file, width, height, color, sampleType, metadata ?? new ImageMetadata { IccProfile = rows.Metadata.IccProfile }, writing, cancellationToken);
        while (rows.Read(RowsAtOnce) is { } strip)
        {
            writer.Write(strip.ConvertTo(sampleType));
        }

        return writer.Complete();
    }

    private void ThrowIfTooMuchMemory(long needed, ImageFormat format)
    {
        if (needed > options.Limits.JobMemory)
        {
            var advice = format is ImageFormat.Png or ImageFormat.Tiff ? "Choose a smaller scale or a region." : "Choose PNG or TIFF, which are written row by row.";
            throw StudioException.TooLarge(FormattableString.Invariant(
                $"Writing {ImageFormats.Name(format)} needs about {needed >> 20} MiB of memory, and this server allows {options.Limits.JobMemory >> 20}. {advice}"));
        }
    }
}
