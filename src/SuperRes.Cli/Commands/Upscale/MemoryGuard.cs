using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>Refuses, before any work, an image that would take more memory than the budget or the machine has.</summary>
internal sealed class MemoryGuard
{
    /// <summary>More pixels than programs open: a slip of the finger, not a wish.</summary>
    private const long MostPixels = 1L << 31;

    /// <summary>The state of a decoder and an encoder beside their lines, and garbage not yet collected.</summary>
    private const long CodecBytes = 24 << 20;

    /// <summary>A sixteenth of the budget is left free where strips can be thinner: allocators hold more than was asked of them.</summary>
    private const int SlackShare = 16;

    /// <summary>Inputs may be as large as results: what they take is found out before any work.</summary>
    public static readonly ImageReadLimits Limits = new() { MaxPixels = MostPixels };

    private readonly long? _budget;
    private readonly bool _isTiled;
    private readonly Lock _lock = new();
    private int _workers = 1;
    private long _processBytes;

    /// <summary>With a budget, files are read and written with as little as that takes.</summary>
    /// <param name="budget">Bytes that the whole process may hold; null for what the machine has.</param>
    /// <param name="isTiled">Whether networks work in tiles already.</param>
    public MemoryGuard(long? budget, bool isTiled)
    {
        (_budget, _isTiled) = (budget, isTiled);
        if (budget is not null)
        {
            ImageCodecs.SaveMemory();
        }
    }

    /// <summary>Says how many images are in work at once.</summary>
    public void ShareAmong(int workers) => _workers = Math.Max(1, workers);

    /// <summary>Finds out what an image may take.</summary>
    /// <returns>Bytes for the upscaler; null where nobody set a budget.</returns>
    /// <exception cref="UpscalingException">The image takes too much.</exception>
    public long? BudgetFor(Upscaler upscaler, ImageRowReader reader, TargetSize target, UpscaleOptions options, ImageWriteOptions writing)
    {
        var header = reader.FileHeader;
        var (width, height) = target.For(header.Width, header.Height);
        if ((long)width * height > MostPixels)
        {
            throw new UpscalingException($"The result would be {width}x{height}, and images of more than {MostPixels} pixels are not made. Ask for a smaller size.");
        }

        // What compiling the network takes counts as the process's own, so it comes first.
        var work = upscaler.EstimateMemory(header.Width, header.Height, header.Color, header.SampleType, target, options);
        var codecs = CodecBytes + reader.EstimateMemory() + ImageStripWriter.EstimateMemory(width, height, header.Color, header.SampleType, writing);
        var aside = ProcessBytes() + (_workers * codecs);
        var limit = _budget ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var needed = aside + (_workers * work);
        return needed <= limit
            ? _budget is null ? null : Math.Max(work, (limit - aside - (limit / SlackShare)) / _workers)
            : throw new UpscalingException(
                $"{header.Width}x{header.Height} to {width}x{height} needs about {ByteCount.Format(needed)}, and "
                + (_budget is null ? $"this machine has {ByteCount.Format(limit)}. " : $"--memory allows {ByteCount.Format(limit)}. ")
                + Advice(writing.Format!.Value, options, _workers, isNetwork: upscaler.Method.ParameterCount > 0 && !_isTiled));
    }

    private static string Advice(ImageFormat format, UpscaleOptions options, int workers, bool isNetwork) =>
        options.SelfEnsemble ? "Leave --ensemble out: it needs the whole result twice, in float."
        : !ImageFormats.IsWrittenInStrips(format) ? $"Write PNG, JPEG or TIFF: the {ImageFormats.Name(format)} encoder collects the whole image."
        : workers > 1 ? "Work on fewer images at once: -j 1."
        : isNetwork ? "Ask for a smaller size, allow more or, with attention, let the network work in tiles: -t 256."
        : "Ask for a smaller size, allow more, or cut the image into parts.";

    /// <summary>What the process holds before the first image: the runtime, the program, the weights.</summary>
    private long ProcessBytes()
    {
        lock (_lock)
        {
            return _processBytes == 0 ? _processBytes = Environment.WorkingSet : _processBytes;
        }
    }
}
