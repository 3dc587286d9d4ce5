using System.Diagnostics;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Carries out the planned jobs, several at once where that helps, and goes on after a bad file.</summary>
internal sealed class UpscaleRunner(CommandContext context, UpscaleRequest request, Upscaler upscaler)
{
    // Decoding and encoding are each a share of the time that nobody has measured for this file; the bar only has to move.
    private const double ShareRead = 0.1;
    private const double ShareUpscaled = 0.8;

    private readonly TargetSize _size = request.Size ?? TargetSize.FromScale(MethodNames.OwnScale(upscaler.Method));

    /// <summary>One outcome for each job, in the jobs' order.</summary>
    public async Task<IReadOnlyList<UpscaleOutcome>> RunAsync(IReadOnlyList<UpscaleJob> jobs, CancellationToken cancellationToken)
    {
        var outcomes = new UpscaleOutcome[jobs.Count];
        var shares = new double[jobs.Count];
        using var progress = context.StartProgress(jobs.Count == 1 ? "Upscaling" : $"Upscaling {jobs.Count} images", jobs.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = WorkerCount(jobs.Count), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, jobs.Count, parallel, (index, token) =>
        {
            outcomes[index] = Run(jobs[index], share => Report(index, share), token);
            Report(index, 1);
            if (outcomes[index].Error is null || jobs.Count > 1)
            {
                Tell(progress, outcomes[index]);
            }

            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return outcomes;

        void Report(int index, double share)
        {
            Volatile.Write(ref shares[index], share);
            progress.Report(shares.Sum(), jobs.Count == 1 ? jobs[0].Input.Path : null);
        }
    }

    private int WorkerCount(int jobs) =>
        request.Workers > 0 ? request.Workers
        // A classical method is quick beside decoding and encoding, which use one thread each; a network uses every core itself.
        : upscaler.Method.ParameterCount == 0 ? Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, jobs))
        : 1;

    private UpscaleOutcome Run(UpscaleJob job, Action<double> report, CancellationToken cancellationToken)
    {
        try
        {
            return Upscale(job, report, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var text = FailureText.Of(exception);
            return new UpscaleOutcome(job) { Error = context.Verbose ? $"{text}\n{exception}" : text };
        }
    }

    private UpscaleOutcome Upscale(UpscaleJob job, Action<double> report, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var loaded = job.Input.IsStandardInput
            ? ImageFile.Read(context.Terminal.InputStream, cancellationToken: cancellationToken)
            : ImageFile.Read(job.Input.Path, cancellationToken: cancellationToken);
        report(ShareRead);
        var work = new ProgressAction<double>(share => report(ShareRead + ((ShareUpscaled - ShareRead) * share)));
        var large = upscaler.Upscale(loaded.Pixels, _size, new UpscaleOptions { SelfEnsemble = request.SelfEnsemble }, work, cancellationToken);
        var format = job.Format ?? (ImageFormats.Writable.Contains(loaded.Format) ? loaded.Format : ImageFormat.Png);
        var options = new ImageWriteOptions { Format = format, Overwrite = request.Overwrite };
        var lost = job.OutputPath == FilePaths.StandardStream
            ? ImageFile.Write(context.Terminal.OutputStream, large, loaded.Metadata, options, cancellationToken)
            : Write(job.OutputPath, large, loaded.Metadata, options, cancellationToken);
        return new UpscaleOutcome(job)
        {
            InputSize = (loaded.Pixels.Width, loaded.Pixels.Height),
            OutputSize = (large.Width, large.Height),
            Time = Stopwatch.GetElapsedTime(started),
            Notes = [.. loaded.Notes, .. lost],
        };
    }

    private static IReadOnlyList<string> Write(
        string path, Pixels.ImageBuffer image, ImageMetadata metadata, ImageWriteOptions options, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return ImageFile.Write(path, image, metadata, options, cancellationToken);
    }

    private static void Tell(IProgressDisplay progress, UpscaleOutcome outcome)
    {
        var job = outcome.Job;
        if (outcome.Error is not null)
        {
            // Listed at the end, where it is not scrolled away.
            progress.WriteLine($"{job.Input.Path}: failed");
            return;
        }

        progress.WriteLine(FormattableString.Invariant(
            $"{job.Input.Path} -> {job.OutputPath} ({outcome.InputSize.Width}x{outcome.InputSize.Height} -> {outcome.OutputSize.Width}x{outcome.OutputSize.Height}, {outcome.Time.TotalSeconds:0.00} s)"));
        foreach (var note in outcome.Notes)
        {
            progress.WriteLine($"  note: {note}");
        }
    }
}
