using SuperRes.Resampling;

namespace SuperRes.Engine;

/// <summary>
/// The weights of bicubic upsampling by an integer (Keys 1981, a = -0.5). Pixel f p + d lies at p + (d + 0.5) / f - 0.5, so each
/// phase d has four fixed weights.
/// </summary>
internal sealed class BicubicPhases
{
    /// <summary>Pixels that one of the result weighs along an axis.</summary>
    public const int Taps = 4;

    private readonly float[] _weights;
    private readonly int[] _starts;

    /// <param name="factor">How many times larger the result is.</param>
    public BicubicPhases(int factor)
    {
        (_weights, _starts) = (new float[factor * Taps], new int[factor]);
        for (var phase = 0; phase < factor; phase++)
        {
            var center = ((phase + 0.5) / factor) - 0.5;
            _starts[phase] = (int)Math.Floor(center) - 1;
            for (var tap = 0; tap < Taps; tap++)
            {
                _weights[(phase * Taps) + tap] = (float)KernelFunction.Evaluate(ResizeKernel.Bicubic, center - (_starts[phase] + tap));
            }
        }
    }

    /// <summary>The four weights of a phase.</summary>
    public ReadOnlySpan<float> Weights(int phase) => _weights.AsSpan(phase * Taps, Taps);

    /// <summary>Where the first weighed pixel lies, from pixel p.</summary>
    public int Start(int phase) => _starts[phase];
}
