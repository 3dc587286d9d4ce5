namespace SuperRes.Networks;

/// <summary>The shape of one feature map, without the batch: channels, height and width, each at least 1.</summary>
/// <param name="Channels">C.</param>
/// <param name="Height">H, in pixels of this map.</param>
/// <param name="Width">W, in pixels of this map.</param>
public readonly record struct FeatureShape(int Channels, int Height, int Width)
{
    /// <summary>C * H * W.</summary>
    public long Count => (long)Channels * Height * Width;

    /// <summary>H * W.</summary>
    public long Positions => (long)Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
