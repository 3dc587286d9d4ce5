using SuperRes.Imaging;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Jobs;

/// <summary>Makes the files to download, once each, when somebody asks.</summary>
internal sealed class ResultFiles(JobBoard board)
{
    // An encoder holds the pixels, and some of them the whole file too.
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
        var path = await result.FileAsync($"{target}-{quality ?? job.Request.Quality}", file => Encode(job, result, file, options)).ConfigureAwait(false);
        return (path, job.Plan.Stem + ImageFormats.Extension(target));
    }

    /// <summary>What a job made.</summary>
    /// <exception cref="StudioException">It is not done.</exception>
    public static JobResult ResultOf(Job job, JobBoard board) => job.Result ?? throw StudioException.Conflict(board.View(job) switch
    {
        { State: JobState.Failed, Error: var error } => $"The job failed and has no result: {error}",
        { State: JobState.Cancelled } => "The job was cancelled and has no result. Start it again.",
        _ => "The job is not done yet. Wait for 'done' on its events.",
    });

    /// <summary>What the upload says beside its pixels.</summary>
    public static ImageMetadata MetadataOf(Job job)
    {
        using var reader = ImageRowReader.Open(job.Plan.Image.Path);
        return reader.Metadata;
    }

    private static ImageWriteOptions Options(ImageFormat format, int? quality)
    {
        var options = new ImageWriteOptions { Format = format };
        return quality is { } value ? options with { JpegQuality = value, WebpQuality = value, AvifQuality = value } : options;
    }

    private void Encode(Job job, JobResult result, string file, ImageWriteOptions options)
    {
        _encoding.Wait();
        try
        {
            ImageFile.Write(file, result.ReadPixels(CancellationToken.None), MetadataOf(job), options);
        }
        catch (ImageFileException exception)
        {
            throw StudioException.Unusable(exception.Message.Replace(file, job.Plan.FileName, StringComparison.Ordinal), exception);
        }
        finally
        {
            _encoding.Release();
        }
    }
}
