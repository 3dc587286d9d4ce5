using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Jobs;

/// <summary>Makes files of results, once each, when somebody asks: to download, and to show.</summary>
internal sealed class ResultFiles(JobBoard board)
{
    private const int RowsAtOnce = 64;

    // Some encoders hold the whole image.
    private readonly SemaphoreSlim _encoding = new(2);

    /// <summary>The path of the file, and the name to download it by.</summary>
    /// <param name="job">A job that is done.</param>
    /// <param name="format">The format's id; null for the job's own.</param>
    /// <param name="quality">1 to 100; null for the job's own, or the format's default.</param>
    /// <exception cref="StudioException">The job is not done, or the format can't hold its result.</exception>
    public async Task<(string Path, string Name)> OfAsync(Job job, string? format = null, int? quality = null)
    {
        var result = ResultOf(job, board);
        if (quality is < 1 or > 100)
        {
            throw StudioException.BadRequest($"The quality is {quality}; it goes from 1 to 100.");
        }

        var target = format is null ? job.Plan.Format : JobPlanner.ParseFormat(format);
        var options = Options(target, quality ?? job.Request.Quality);
        var path = await result.FileAsync(
            $"{target}-{quality ?? job.Request.Quality}", file => job.AddNotes(Encode(job, result, file, MetadataOf(job), options, SampleTypeOf(job)))).ConfigureAwait(false);
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

        var options = new ImageWriteOptions { Format = ImageFormat.Png, PngCompression = isLocal ? 0 : 1 };
        return await result.FileAsync($"preview-{options.PngCompression}", file =>
        {
            using var stored = result.OpenRows();
            Encode(job, result, file, new ImageMetadata { IccProfile = stored.Metadata.IccProfile }, options, SampleType.UInt8);
        }).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a job made.</summary>
    /// <exception cref="StudioException">It is not done.</exception>
    public static JobResult ResultOf(Job job, JobBoard board) => job.Result ?? throw StudioException.Conflict(board.View(job) switch
    {
        { State: JobState.Failed, Error: var error } => $"The job failed and has no result: {error}",
        { State: JobState.Cancelled } => "The job was cancelled and has no result. Start it again.",
        _ => "The job is not done yet. Wait for 'done' on its events.",
    });

    private static SampleType SampleTypeOf(Job job) => job.Plan.Image.Header.SampleType;

    /// <summary>What the upload says beside its pixels.</summary>
    private static ImageMetadata MetadataOf(Job job) => ImageStore.Naming(job.Plan.Image.Path, job.Plan.Image.Name, () =>
    {
        using var reader = ImageRowReader.Open(job.Plan.Image.Path);
        return reader.Metadata;
    });

    private static ImageWriteOptions Options(ImageFormat format, int? quality)
    {
        var options = new ImageWriteOptions { Format = format };
        return quality is { } value ? options with { JpegQuality = value, WebpQuality = value, WebpLossless = false, AvifQuality = value } : options;
    }

    private IReadOnlyList<string> Encode(Job job, JobResult result, string file, ImageMetadata metadata, ImageWriteOptions options, SampleType sampleType)
    {
        _encoding.Wait();
        try
        {
            using var rows = result.OpenRows();
            using var writer = ImageStripWriter.Create(file, rows.Header.Width, rows.Header.Height, rows.Header.Color, sampleType, metadata, options);
            while (rows.Read(RowsAtOnce) is { } strip)
            {
                writer.Write(strip.ConvertTo(sampleType));
            }

            return writer.Complete();
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
}
