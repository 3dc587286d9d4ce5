namespace SuperRes.Networks.Operations;

/// <summary>
/// Bicubic upsampling (a = -0.5, pixel centres at half integers, edges repeated) by an integer: what SRCNN and VDSR see.
/// Inside the image it is MATLAB's; MATLAB mirrors the two border pixels where this, like ONNX Resize, repeats the edge.
/// </summary>
/// <param name="Factor">At least 2.</param>
public sealed record BicubicUpsample(int Factor) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs) =>
        inputs[0] with { Height = inputs[0].Height * Factor, Width = inputs[0].Width * Factor };
}
