using System.Collections.Concurrent;
using System.Diagnostics;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Carries out the planned jobs, several at once where that helps, and goes on after a bad file.</summary>
internal sealed class UpscaleRunner(CommandContext context, UpscaleRequest request, UpscalerChoice choice)
{
    private readonly TargetSize _size = choice.Size;
    private readonly MemoryGuard _memory = new(request.MethodOptions.MemoryBudget, isTiled: request.MethodOptions.TileSize > 0);
    private readonly ConcurrentDictionary<string, string> _advised = new();

    /// <summary>One outcome for each job, in the jobs' order.</summary>
    public async Task<IReadOnlyList<UpscaleOutcome>> RunAsync(IReadOnlyList<UpscaleJob> jobs, CancellationToken cancellationToken)
    {
        var outcomes = new UpscaleOutcome[jobs.Count];
        var shares = new double[jobs.Count];
        using var progress = context.StartProgress(jobs.Count == 1 ? "Upscaling" : $"Upscaling {jobs.Count} images", jobs.Count);
        var workers = WorkerCount(jobs.Count);
        _memory.ShareAmong(workers);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
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

    private int WorkerCount(int jobs)
    {
        // A classical method is quick beside decoding and encoding, which use one thread each; a network uses every core itself. So does one image where threads are counted.
        var wanted = request.Workers > 0 ? request.Workers
            : choice.Main.Method.ParameterCount == 0 && request.MethodOptions.Threads == 0 ? Environment.ProcessorCount
            : 1;
        return Math.Clamp(wanted, 1, Math.Max(1, jobs));
    }

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

    /// <summary>Rows are read, enlarged and encoded at the same time; where that can't be, reader, upscaler and writer hold what they must.</summary>
    private UpscaleOutcome Upscale(UpscaleJob job, Action<double> report, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var reader = job.Input.IsStandardInput
            ? ImageRowReader.Open(context.Terminal.InputStream, MemoryGuard.Limits, cancellationToken)
            : ImageRowReader.Open(job.Input.Path, MemoryGuard.Limits, cancellationToken);
        var header = reader.FileHeader;
        var format = job.Format ?? (ImageFormats.IsWritable(header.Format) ? header.Format : ImageFormat.Png);
        var size = _size.For(header.Width, header.Height);
        var upscaler = choice.For(header.Width, header.Height);
        var options = new UpscaleOptions { SelfEnsemble = request.SelfEnsemble && upscaler.Method.ParameterCount > 0 };
        var writing = new ImageWriteOptions { Format = format, Overwrite = request.Overwrite, JpegOptimizeCoding = request.MethodOptions.MemoryBudget is null };
        writing = request.Quality is { } quality ? writing.WithQuality(quality) : writing;
        options = options with { MemoryBudget = _memory.BudgetFor(upscaler, reader, _size, options, writing) };
        using var writer = CreateWriter(job, size, reader, writing, cancellationToken);
        upscaler.UpscaleRows(reader, writer, _size, options, new ProgressAction<double>(report), cancellationToken);
        var lost = writer.Complete();
        return new UpscaleOutcome(job)
        {
            Method = upscaler.Method.Name,
            Format = format,
            InputSize = (header.Width, header.Height),
            OutputSize = size,
            Time = Stopwatch.GetElapsedTime(started),
            Notes = [.. reader.Notes, .. lost, .. choice.Notes(upscaler, header.Width, header.Height)],
            Advice = choice.Advice(upscaler, header),
        };
    }

    private ImageStripWriter CreateWriter(
        UpscaleJob job, (int Width, int Height) size, ImageRowReader reader, ImageWriteOptions options, CancellationToken cancellationToken)
    {
        var (color, type) = (reader.Header.Color, reader.Header.SampleType);
        if (job.OutputPath == FilePaths.StandardStream)
        {
            return ImageStripWriter.Create(context.Terminal.ImageOutput(), size.Width, size.Height, color, type, reader.Metadata, options, cancellationToken);
        }

        if (Path.GetDirectoryName(job.OutputPath) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return ImageStripWriter.Create(job.OutputPath, size.Width, size.Height, color, type, reader.Metadata, options, cancellationToken);
    }

    private void Tell(IProgressDisplay progress, UpscaleOutcome outcome)
    {
        var job = outcome.Job;
        if (outcome.Error is not null)
        {
            // Listed at the end, where it is not scrolled away.
            progress.WriteLine($"{job.Input.Path}: failed");
            return;
        }

        progress.WriteLine(FormattableString.Invariant(
            $"{job.Input.Path} -> {job.OutputPath} ({outcome.InputSize.Width}x{outcome.InputSize.Height} -> {outcome.OutputSize.Width}x{outcome.OutputSize.Height}, {outcome.Method}, {outcome.Time.TotalSeconds:0.00} s)"));
        foreach (var note in outcome.Notes)
        {
            progress.WriteLine($"  note: {note}");
        }

        // Of a thousand photos from the web most are such: once for each model is enough.
        if (outcome.Advice is { } advice && _advised.TryAdd(outcome.Method!, advice))
        {
            progress.WriteLine($"  note: {advice}");
        }
    }
}
