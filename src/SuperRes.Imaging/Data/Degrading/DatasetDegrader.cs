using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SuperRes.Imaging.Data.Batches;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>Makes low-resolution images as the literature does: cropped to a multiple of the scale, MATLAB's bicubic, PNG; with blur, noise and JPEG where that is asked for.</summary>
public static class DatasetDegrader
{
    private const int OneThread = 1; // images are spread over the threads already

    /// <summary>Makes the low-resolution images of files and data sets.</summary>
    /// <param name="inputs">Image files and data sets' folders.</param>
    /// <param name="output">
    /// The images go to <c>{output}/LR_bicubic/X4/namex4.png</c>; where it is the data set's own folder in DIV2K's layout, to
    /// <c>{output}/DIV2K_valid_LR_bicubic/X4/0801x4.png</c>. Existing files are replaced. With blur, noise or JPEG the folder is that of another
    /// track, <c>LR_bicubic-noise5-jpeg40</c>.
    /// </param>
    /// <param name="scales">How many times smaller, each at least 2.</param>
    /// <param name="options">Blur, noise and compression beyond that; null for none.</param>
    /// <param name="jobs">Images at once; 0 for one per processor.</param>
    /// <param name="progress">Told as each original is finished; may be null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>; no half-written file is left.</param>
    /// <exception cref="ArgumentException">There is no scale, or one below 2, or the options have faults; the message lists them.</exception>
    /// <exception cref="DatasetException">An input is no data set, or two originals would make the same file. Originals that can't be used are in the result instead.</exception>
    public static async Task<DegradeResult> DegradeAsync(
        IReadOnlyList<string> inputs,
        string output,
        IReadOnlyList<int> scales,
        DegradeOptions? options = null,
        int jobs = 0,
        IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        ArgumentNullException.ThrowIfNull(scales);
        if (scales.Count == 0)
        {
            throw new ArgumentException("Name a scale at least.", nameof(scales));
        }

        options ??= DegradeOptions.None;
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        foreach (var scale in scales)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(scale, 2, nameof(scales));
        }

        var sources = inputs.SelectMany(DegradeSource.List).ToList();
        if (File.Exists(output))
        {
            throw new DatasetException($"'{output}' is a file, and degraded images go into a folder. Choose another.");
        }

        RefuseCollisions(sources, output, options.Track, scales);
        var done = await ImageBatch.RunAsync(
            sources, source => source.Image.Path, (source, token) => Degrade(source, output, scales, options, token), jobs, progress, cancellationToken).ConfigureAwait(false);
        return new DegradeResult(
            [.. done.SelectMany(item => item.Result?.Images ?? [])],
            [.. done.Select(item => item.Failure).OfType<BatchFailure>()],
            [.. done.SelectMany(item => item.Result?.Notes ?? [])]);
    }

    private static DegradeResult Degrade(DegradeSource source, string output, IReadOnlyList<int> scales, DegradeOptions options, CancellationToken cancellationToken)
    {
        var path = source.Image.Path;
        var loaded = OpaqueImage.Read(path, cancellationToken);
        var smallest = Math.Min(loaded.Pixels.Width, loaded.Pixels.Height);
        if (smallest < scales.Max())
        {
            throw new DatasetException($"'{path}' is {loaded.Pixels.Width}x{loaded.Pixels.Height}: too small for x{scales.Max()}. Leave it out, or use a smaller scale.");
        }

        var original = Blur(loaded.Pixels, options.Blur);
        var metadata = ImageMetadata.None with { IccProfile = loaded.Metadata.IccProfile };
        var notes = new List<string>(loaded.Notes);
        var images = new List<DegradedImage>();
        foreach (var scale in scales)
        {
            var target = source.OutputPath(output, options.Track, scale);
            var reduced = Degradation.Degrade(original, scale, OneThread, cancellationToken).ConvertTo(loaded.Pixels.SampleType, OneThread);
            var low = AddNoiseAndCompress(reduced, Path.GetFileName(target), options);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            notes.AddRange(ImageFile.Write(target, low, metadata, cancellationToken: cancellationToken));
            images.Add(new DegradedImage(path, target, scale, low.Width, low.Height));
        }

        return new DegradeResult(images, [], [.. notes.Distinct().Select(note => $"{path}: {note}")]);
    }

    /// <summary>Float where there is blur, so that nothing is rounded between it and the reduction.</summary>
    private static ImageBuffer Blur(ImageBuffer image, double sigma) =>
        sigma > 0 ? PlaneFilter.Apply(image.ConvertTo(SampleType.Float32, OneThread), BlurKernel.Gaussian(sigma)) : image;

    /// <summary>Noise that depends on the file's name alone, so that it comes out again, then JPEG.</summary>
    private static ImageBuffer AddNoiseAndCompress(ImageBuffer image, string name, DegradeOptions options)
    {
        if (options.Noise > 0)
        {
            var random = new CounterRandom(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))), stream: 0, counter: 0);
            var noisy = image.ConvertTo(SampleType.Float32, OneThread);
            SensorNoise.AddGaussian(noisy, ref random, options.Noise / byte.MaxValue, isGray: false);
            image = noisy.ConvertTo(image.SampleType, OneThread);
        }

        return options.JpegQuality is { } quality ? JpegCompression.Apply(image.ConvertTo(SampleType.UInt8, OneThread), quality) : image;
    }

    private static void RefuseCollisions(List<DegradeSource> sources, string output, string track, IReadOnlyList<int> scales)
    {
        if (sources.GroupBy(source => source.OutputPath(output, track, scales[0]), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new DatasetException(
                $"{string.Join(" and ", twice.Select(source => $"'{source.Image.Path}'"))} would both become '{twice.Key}'. Degrade them into different folders.");
        }
    }
}
