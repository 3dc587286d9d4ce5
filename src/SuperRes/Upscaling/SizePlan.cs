namespace SuperRes.Upscaling;

/// <summary>The size that the method makes, and the size that is wanted.</summary>
internal sealed record SizePlan(int MethodWidth, int MethodHeight, int Width, int Height, bool SelfEnsemble)
{
    /// <summary>Whether the image is only resized, because it gets no larger.</summary>
    public bool SkipsMethod { get; init; }

    /// <summary>Whether the method's result is larger than what is wanted.</summary>
    public bool Reduces => MethodWidth != Width || MethodHeight != Height;
}
