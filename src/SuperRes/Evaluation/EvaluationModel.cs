using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Evaluation;

/// <summary>A model as the evaluator sees it: a name and a function from a low-resolution image to a larger one.</summary>
/// <param name="Name">What reports call it; unique in a run.</param>
/// <param name="ParameterCount">Trained parameters; 0 for a classical method.</param>
/// <param name="Upscale">Makes an image of the asked size, with the input's colour model and sample type.</param>
public sealed record EvaluationModel(string Name, long ParameterCount, EvaluationModel.Upscaling Upscale)
{
    /// <summary>Enlarges an image without alpha, which stays as it is, to width x height pixels.</summary>
    public delegate ImageBuffer Upscaling(ImageBuffer image, int width, int height, CancellationToken cancellationToken);

    /// <summary>SHA-256 of the file that the weights are from, as 64 lower-case hexadecimal digits; null where there is none.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>Evaluates what an application would get. The upscaler stays the caller's, who disposes it.</summary>
    /// <param name="upscaler">The upscaler; its method must make the scales that are evaluated.</param>
    /// <param name="options">How it works; null for its defaults.</param>
    /// <param name="name">What reports call it; null for the method's name.</param>
    public static EvaluationModel From(Upscaler upscaler, UpscaleOptions? options = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(upscaler);
        return new EvaluationModel(
            name ?? upscaler.Method.Name,
            upscaler.Method.ParameterCount,
            (image, width, height, cancellationToken) =>
                upscaler.Upscale(image, TargetSize.FromPixels(width, height), options, progress: null, cancellationToken));
    }
}
