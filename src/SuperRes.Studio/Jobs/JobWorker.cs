using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SuperRes.Imaging;
using SuperRes.Pixels;
using SuperRes.Studio.Images;
using SuperRes.Studio.Models;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Jobs;

/// <summary>Does the jobs, in the order of the queue: a network uses every core itself, and one large job's memory is enough at a time.</summary>
internal sealed partial class JobWorker(
    JobBoard board, ModelShelf models, TemporaryStorage storage, Janitor janitor, StudioOptions options, StudioMetrics metrics, IHostApplicationLifetime lifetime, ILogger<JobWorker> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WorkAsync(onlySmall: false, stoppingToken), WorkAsync(onlySmall: true, stoppingToken));

    private async Task WorkAsync(bool onlySmall, CancellationToken stoppingToken)
    {
        // The server is told to stop before its services are: meanwhile it waits for those who watch a job.
        var stopping = lifetime.ApplicationStopping;
        while (!stopping.IsCancellationRequested)
        {
            var job = await board.Queue.TakeAsync(onlySmall, stoppingToken).ConfigureAwait(false);
            if (job.TryStart())
            {
                await Task.Factory.StartNew(() => Run(job, stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            }

            if (!onlySmall)
            {
                board.Queue.Finished();
            }
        }
    }

    private void Run(Job job, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, stopping);
        limit.CancelAfter(options.Limits.JobTime);
        var started = Stopwatch.GetTimestamp();
        try
        {
            Upscale(job, limit.Token);
            metrics.JobEnded(JobState.Done, Stopwatch.GetElapsedTime(started));
            LogDone(job.Id, job.Plan.Model.Name, job.Plan.Width, job.Plan.Height, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return;
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            job.MarkCancelled();
            metrics.JobEnded(JobState.Cancelled, Stopwatch.GetElapsedTime(started));
            LogCancelled(job.Id);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            End(job, started, $"It took longer than the {options.Limits.JobTime.TotalSeconds:0} seconds that this server allows. Choose a smaller image, a region or a lighter model.", null);
        }
        catch (Exception exception)
        {
            End(job, started, TextOf(exception), exception);
        }

        // Working memory of the size that was broken off is of no use to the next job.
        models.Unload();
    }

    private void End(Job job, long started, string text, Exception? exception)
    {
        job.Fail(text);
        metrics.JobEnded(JobState.Failed, Stopwatch.GetElapsedTime(started));
        LogFailed(
            exception switch { StudioException { Status: >= StatusCodes.Status500InternalServerError } studio => studio.InnerException, StudioException or UpscalingException => null, _ => exception },
            job.Id,
            text);
    }

    /// <summary>Rows are read, enlarged and stored at the same time.</summary>
    private void Upscale(Job job, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        plan.Reference?.ThrowIfTooMuchMemory(plan.Bytes, options.Limits.JobMemory);
        janitor.MakeRoomOrRefuse(plan.Bytes);

        // Loaded first: the time that is shown is the method's, whoever is the first to use it.
        using var loan = models.Borrow(plan.Model);
        var started = Stopwatch.GetTimestamp();
        var (result, notes) = ImageStore.Naming(plan.Image.Path, plan.Image.Name, () => Store(job, loan.Upscaler, cancellationToken));
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        try
        {
            var measured = plan.Reference?.Measure(result.Read(cancellationToken).Pixels, job.Request.Scale, options, cancellationToken);
            job.Complete(result, time, measured, notes);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private (JobResult Result, IReadOnlyList<string> Notes) Store(Job job, Upscaler upscaler, CancellationToken cancellationToken)
    {
        var (plan, request) = (job.Plan, job.Request);
        using var reader = ImageRowReader.Open(plan.Image.Path, new ImageReadLimits { MaxPixels = options.Limits.Pixels }, cancellationToken);
        var source = request.Region is { } region ? new RegionSource(reader, region) : (IImageRowSource)reader;
        var target = TargetSize.FromScale(request.Scale);
        var how = new UpscaleOptions { SelfEnsemble = request.Ensemble };
        var storing = JobResult.OptionsFor(source.SampleType);
        var beside = reader.EstimateMemory() + ImageStripWriter.EstimateMemory(plan.Width, plan.Height, source.Color, source.SampleType, storing);
        ThrowIfTooMuchMemory(beside + upscaler.EstimateMemory(source.Width, source.Height, source.Color, source.SampleType, target, how));
        how = how with { MemoryBudget = options.Limits.JobMemory - beside };
        var path = storage.NewPath(TemporaryStorage.NewId(), ".pixels");
        TemporaryStorage.Storing(path, "The result", () =>
        {
            using var writer = ImageStripWriter.Create(
                path, plan.Width, plan.Height, source.Color, source.SampleType, new ImageMetadata { IccProfile = reader.Metadata.IccProfile }, storing, cancellationToken);
            upscaler.UpscaleRows(source, writer, target, how, new JobProgress(job), cancellationToken);
            return writer.Complete();
        });
        var advice = CompressionAdvice.For(plan.Model.Name, reader.FileHeader.JpegQuality, request.Scale, options.Models);
        return (new JobResult(storage, path, source.SampleType), advice is null ? reader.Notes : [.. reader.Notes, advice]);
    }

    private void ThrowIfTooMuchMemory(long needed)
    {
        if (needed > options.Limits.JobMemory)
        {
            throw StudioException.TooLarge(FormattableString.Invariant(
                $"The job needs about {needed >> 20} MiB of memory, and this server allows {options.Limits.JobMemory >> 20}. Choose a smaller image, a region, or leave the ensemble out."));
        }
    }

    private static string TextOf(Exception exception) => exception switch
    {
        StudioException or UpscalingException or NotSupportedException => exception.Message,
        OutOfMemoryException => "The server ran out of memory. Choose a smaller image or a region.",
        IOException => StudioException.DiskFailed("The result", exception).Message,
        _ => "The server failed at this; its log says why.",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} with {Model} to {Width}x{Height} done in {Milliseconds} ms")]
    private partial void LogDone(string job, string model, int width, int height, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} cancelled")]
    private partial void LogCancelled(string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} failed: {Reason}")]
    private partial void LogFailed(Exception? exception, string job, string reason);

    private sealed class JobProgress(Job job) : IProgress<double>
    {
        public void Report(double value) => job.Report(value);
    }
}
