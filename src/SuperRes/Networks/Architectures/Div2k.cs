namespace SuperRes.Networks.Architectures;

/// <summary>Facts about the DIV2K data set that networks have built in.</summary>
internal static class Div2k
{
    /// <summary>Mean colour of the 800 training images (R, G, B in [0, 1]), from the code of EDSR's authors.</summary>
    public static readonly float[] Mean = [0.4488f, 0.4371f, 0.4040f];

    /// <summary>Subtracts the mean.</summary>
    public static Node Centre(GraphBuilder g, Node x) => g.MeanShift(x, [.. Mean.Select(mean => -mean)]);

    /// <summary>Adds the mean.</summary>
    public static Node Restore(GraphBuilder g, Node x) => g.MeanShift(x, Mean);
}
