using NetVips;
using SuperRes.Imaging.Metadata;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Brings whatever a loader gives into one of the four colour models and three sample types. RGB and gray pass through
/// untouched, in whatever space their profile names; YCbCr becomes the RGB that it stands for; CMYK and the device-independent spaces are converted.
/// </summary>
internal sealed class PixelPipeline : IDisposable
{
    private readonly List<Image> _steps = [];
    private readonly List<string> _notes = [];

    private PixelPipeline(Image loaded) => Result = loaded;

    /// <summary>The image to take pixels from; owned by this pipeline except where it is the image given.</summary>
    public Image Result { get; private set; }

    public ColorModel Color { get; private set; }

    public SampleType SampleType { get; private set; }

    /// <summary>Whether the file's own profile no longer describes the samples.</summary>
    public bool ColorConverted { get; private set; }

    public IReadOnlyList<string> Notes => _notes;

    public static PixelPipeline Build(Image loaded, TiffQuirks quirks)
    {
        var pipeline = new PixelPipeline(loaded);
        try
        {
            pipeline.ConvertColor(quirks);
            pipeline.ConvertBands(quirks.Extra);
            pipeline.ConvertSamples();
            pipeline.TurnWhiteZero(quirks.IsWhiteZero);
            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    public void Dispose() => _steps.ForEach(step => step.Dispose());

    /// <summary>Whether samples that are to be converted have 16 bits; otherwise they have 8.</summary>
    /// <exception cref="NotSupportedException">They have neither.</exception>
    public static bool IsDeep(Image stored, string colors) => stored.Format switch
    {
        Enums.BandFormat.Uchar => false,
        Enums.BandFormat.Ushort => true,
        var other => throw new NotSupportedException(
            $"{colors} is read with unsigned samples of 8 or 16 bits, and here they are {(other is Enums.BandFormat.Short or Enums.BandFormat.Char ? "signed" : other is Enums.BandFormat.Int or Enums.BandFormat.Uint ? "32-bit integers" : "float")}"),
    };

    private void ConvertColor(TiffQuirks quirks)
    {
        if (quirks.Extra is { IsPremultiplied: true } && (quirks.YCbCr is not null || quirks.Lab is not null || Result.Interpretation == Enums.Interpretation.Cmyk))
        {
            throw new NotSupportedException("alpha that is multiplied into other samples than RGB or gray is not supported");
        }

        if (quirks.YCbCr is { } ycbcr)
        {
            Step(ycbcr.ToRgb(Result));
            return;
        }

        if (quirks.Lab is { } encoding)
        {
            _notes.Add("L*a*b* colour was converted to sRGB.");
            Step(LabConversion.ToSrgb(Result, encoding));
            ColorConverted = true;
            return;
        }

        switch (Result.Interpretation)
        {
            case Enums.Interpretation.Cmyk:
                ConvertCmyk(IsDeep(Result, "CMYK") ? 16 : 8);
                break;
            case Enums.Interpretation.Lab or Enums.Interpretation.Labq or Enums.Interpretation.Labs or
                Enums.Interpretation.Xyz or Enums.Interpretation.Yxy or Enums.Interpretation.Lch or
                Enums.Interpretation.Cmc or Enums.Interpretation.Hsv or Enums.Interpretation.Oklab or Enums.Interpretation.Oklch:
                _notes.Add($"{Result.Interpretation} colour was converted to sRGB.");
                Step(Result.Colourspace(Result.Format == Enums.BandFormat.Uchar ? Enums.Interpretation.Srgb : Enums.Interpretation.Rgb16));
                ColorConverted = true;
                break;
        }
    }

    /// <summary>Relative colorimetric keeps white paper white.</summary>
    private void ConvertCmyk(int depth)
    {
        var hasProfile = Result.Contains("icc-profile-data") && Result.Get("icc-profile-data") is byte[] profile && IccProfileBlock.ConvertsCmyk(profile);
        _notes.Add(hasProfile
            ? "CMYK was converted to sRGB through the file's own profile."
            : "CMYK without a usable profile was converted to sRGB through a general-purpose CMYK profile.");
        Step(Result.IccTransform("srgb", embedded: hasProfile, inputProfile: "cmyk", intent: Enums.Intent.Relative, depth: depth));
        ColorConverted = true;
    }

    private void ConvertBands(ExtraChannels? extra)
    {
        if (extra is not null)
        {
            KeepColorAndAlpha(extra);
        }
        else if (Result.Bands > 4)
        {
            _notes.Add($"Of {Result.Bands} channels the first 3 were kept.");
            Step(Result.ExtractBand(0, n: 3));
        }

        Color = (ColorModel)Result.Bands;
    }

    private void KeepColorAndAlpha(ExtraChannels extra)
    {
        var bands = Result.Bands;
        var colors = bands - extra.Count >= 3 ? 3 : 1;
        var alpha = bands - extra.Count + extra.Alpha is { } band && band >= colors && band < bands ? band : (int?)null;
        if (extra.IsAssumed && alpha is not null)
        {
            _notes.Add("The file does not say what its fourth channel is: it was taken for alpha.");
        }

        if (bands == colors + (alpha is null ? 0 : 1))
        {
            return;
        }

        _notes.Add(alpha is null
            ? $"Of {bands} channels only those of colour were kept: the file calls none of the others alpha."
            : $"Of {bands} channels only those of colour and the first alpha were kept.");
        var all = Result;
        Step(all.ExtractBand(0, n: colors));
        if (alpha is not null)
        {
            using var last = all.ExtractBand(alpha.Value);
            Step(Result.Bandjoin(last));
        }
    }

    private void ConvertSamples()
    {
        switch (Result.Format)
        {
            case Enums.BandFormat.Uchar:
                SampleType = SampleType.UInt8;
                break;
            case Enums.BandFormat.Ushort:
                SampleType = SampleType.UInt16;
                break;
            case Enums.BandFormat.Float:
                SampleType = SampleType.Float32;
                break;
            case Enums.BandFormat.Uint or Enums.BandFormat.Int:
                _notes.Add("32-bit integer samples were converted to 32-bit float, 0 to 1.");
                Step(Result.Linear([1.0 / (Result.Format == Enums.BandFormat.Uint ? uint.MaxValue : int.MaxValue)], [0.0]).Cast(Enums.BandFormat.Float));
                SampleType = SampleType.Float32;
                break;
            case Enums.BandFormat.Char:
                _notes.Add("Signed 8-bit samples were read as unsigned; negative ones became 0.");
                Step(Result.Linear([(double)byte.MaxValue / sbyte.MaxValue], [0.0]).Rint().Cast(Enums.BandFormat.Uchar));
                SampleType = SampleType.UInt8;
                break;
            case Enums.BandFormat.Short:
                _notes.Add("Signed 16-bit samples were read as unsigned; negative ones became 0.");
                Step(Result.Linear([(double)ushort.MaxValue / short.MaxValue], [0.0]).Rint().Cast(Enums.BandFormat.Ushort));
                SampleType = SampleType.UInt16;
                break;
            default:
                throw new NotSupportedException($"samples of type {Result.Format} are not supported");
        }
    }

    private void TurnWhiteZero(bool isWhiteZero)
    {
        if (isWhiteZero && Color is ColorModel.Gray or ColorModel.GrayAlpha)
        {
            var white = SampleType switch { SampleType.UInt8 => byte.MaxValue, SampleType.UInt16 => ushort.MaxValue, _ => 1.0 };
            Step(Result.Linear([-1.0, .. Enumerable.Repeat(1.0, Result.Bands - 1)], [white, .. Enumerable.Repeat(0.0, Result.Bands - 1)]).Cast(Result.Format));
        }
    }

    private void Step(Image next)
    {
        _steps.Add(next);
        Result = next;
    }
}
