using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Upscaling.Streaming;

/// <summary>What enlarging an image takes in memory at least; source, sink and weights apart.</summary>
internal sealed class MemoryEstimate(IUpscalingMethod method, SizePlan plan, int width, int height, ColorModel color, SampleType sampleType)
{
    private readonly long _pixelBytes = (long)(int)color * ImageBuffer.BytesPerSample(sampleType);

    /// <summary>Bytes in all.</summary>
    public long Bytes => Held + (IsWhole ? WholeImages + Method : Streams * (Conversion + Method));

    private bool IsWhole => RowPipeline.For(method, plan) is null;

    private bool HasAlpha => color is ColorModel.GrayAlpha or ColorModel.Rgba;

    /// <summary>Colour and alpha are worked on side by side.</summary>
    private int Streams => HasAlpha ? 2 : 1;

    /// <summary>Whether other work precedes or follows the method, in float; alpha is gray.</summary>
    private bool Converts => !plan.SkipsMethod && (plan.Reduces || (!method.AcceptsGray && color != ColorModel.Rgb));

    private ColorModel MethodColor => method.AcceptsGray && color is ColorModel.Gray or ColorModel.GrayAlpha ? ColorModel.Gray : ColorModel.Rgb;

    private SampleType MethodSamples => Converts ? SampleType.Float32 : sampleType;

    /// <summary>Of an image with alpha: the input, its two parts, and the pyramid that fills what is transparent, a third of the pixels in float with weights.</summary>
    private long Held => HasAlpha ? (long)width * height * ((2 * _pixelBytes) + ((int)color * sizeof(float) / 3) + 1) : 0;

    /// <summary>Rows in float beside those of the method, and their reduction.</summary>
    private long Conversion => (Converts ? 2L * EngineRowSink.StripRows * 3 * sizeof(float) * ((long)width + plan.MethodWidth) : 0)
        + (plan.Reduces || plan.SkipsMethod ? RowResize.MemoryFor(
            EngineRowSink.StripRows, plan.MethodWidth, plan.MethodHeight, plan.Width, plan.Height, 3 * sizeof(float), ResizeKernel.Bicubic) : 0);

    /// <summary>The method's; half of the ensemble's runs are on the image turned by a quarter.</summary>
    private long Method => plan.SkipsMethod || method is not IRowwiseMethod rowwise ? 0
        : plan.SelfEnsemble ? Math.Max(Upright(rowwise), rowwise.MemoryFor(height, width, plan.MethodHeight, plan.MethodWidth, MethodColor, MethodSamples))
        : Upright(rowwise);

    private long Upright(IRowwiseMethod rowwise) => rowwise.MemoryFor(width, height, plan.MethodWidth, plan.MethodHeight, MethodColor, MethodSamples);

    /// <summary>The input, turned and in float; the method's result and the sum of the ensemble; what is made of them.</summary>
    private long WholeImages => ((long)width * height * (_pixelBytes + (2 * 3 * sizeof(float))))
        + (2L * plan.MethodWidth * plan.MethodHeight * 3 * sizeof(float))
        + (2L * plan.Width * plan.Height * _pixelBytes);

    /// <summary>What is left for each run of the method.</summary>
    /// <param name="budget">Bytes that may be held in all; null where nobody counts.</param>
    /// <exception cref="UpscalingException">The budget is less than <see cref="Bytes"/>.</exception>
    public long? ForMethod(long? budget)
    {
        if (budget is not { } allowed)
        {
            return null;
        }

        var least = Bytes;
        return allowed >= least
            ? (IsWhole ? allowed - Held - WholeImages : ((allowed - Held) / Streams) - Conversion)
            : throw new UpscalingException(FormattableString.Invariant(
                $"{width}x{height} to {plan.Width}x{plan.Height} needs {Math.Ceiling(least / 1e6)} MB of memory, and {Math.Floor(allowed / 1e6)} MB are allowed. Allow more, ask for a smaller size, or cut the image into parts."));
    }
}
