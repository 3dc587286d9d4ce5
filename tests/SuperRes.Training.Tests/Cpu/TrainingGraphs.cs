using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>Small graphs that between them have every operation, each with a batch it can take.</summary>
internal static class TrainingGraphs
{
    private static readonly CbamOptions Attention = new(Reduction: 4);

    /// <summary>Graphs of one operation between two convolutions, or of one rule of the planner.</summary>
    public static IReadOnlyList<string> Operations =>
    [
        "strided", "mixed", "batch-norm", "prelu", "multiply", "square", "gate-of-itself", "channel-gate", "spatial-gate", "average-pools", "max-pools", "concat", "transposed", "transposed-x4", "transposed-wide", "few-channels",
        "linear-shared", "gelu", "layer-norm", "attention", "attention-blocks", "position", "max-pool-2d", "flatten", "bicubic", "channel-scale", "shared-shuffle", "collapsed-tail", "collapsed-tail-gray", "filled-up", "not-filled-up", "output-thrice",
    ];

    /// <summary>Small networks of each architecture.</summary>
    public static IReadOnlyList<string> Networks =>
    [
        "edsr", "edsr-x2", "edsr-x3-odd", "edsr-24", "edsr-44-x3", "espcn-68", "edsr-scaled", "edsr-cbam", "edsr-cbam-norm", "edsr-cbam-constant", "espcn-cbam-gain", "espcn", "espcn-small", "espcn-cbam", "srresnet", "srresnet-cbam",
        "lapsrn", "lapsrn-cbam", "srcnn", "vdsr-cbam", "vit", "discriminator",
    ];

    /// <summary>The graph of a name, and the N, H, W of a batch for it.</summary>
    public static (Graph Graph, int Count, int Height, int Width) Find(string name) => name switch
    {
        "edsr" => (new EdsrOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph(), 2, 5, 8),
        "edsr-x2" => (new EdsrOptions { Scale = 2, Blocks = 1, Features = 32 }.BuildGraph(), 2, 4, 7),
        "edsr-x3-odd" => (new EdsrOptions { Scale = 3, Blocks = 1, Features = 16 }.BuildGraph(), 2, 5, 8),
        "edsr-24" => (new EdsrOptions { Scale = 4, Blocks = 1, Features = 24, ResidualScale = 0.5f }.BuildGraph(), 2, 5, 4),
        "edsr-44-x3" => (new EdsrOptions { Scale = 3, Blocks = 1, Features = 44 }.BuildGraph(), 2, 4, 4),
        "espcn-68" => (new EspcnOptions { Scale = 3, Features = 68 }.BuildGraph(), 2, 5, 4),
        "edsr-scaled" => (new EdsrOptions { Scale = 2, Blocks = 1, Features = 16, ResidualScale = 0.1f }.BuildGraph(), 2, 5, 8),
        "edsr-cbam" => (new EdsrOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention }.BuildGraph(), 2, 4, 5),
        "edsr-cbam-norm" => (new EdsrOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention with { MlpBatchNorm = true } }.BuildGraph(), 4, 4, 5),
        "edsr-cbam-constant" => (new EdsrOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention with { GateInput = CbamGateInput.Constant } }.BuildGraph(), 2, 4, 5),
        "espcn-cbam-gain" => (new EspcnOptions { Scale = 2, Attention = Attention with { Gain = 4 } }.BuildGraph(), 2, 4, 5),
        "espcn" => (new EspcnOptions { Scale = 4 }.BuildGraph(), 2, 5, 8),
        "espcn-small" => (new EspcnOptions { Scale = 3 }.BuildGraph(), 2, 4, 7),
        "espcn-cbam" => (new EspcnOptions { Scale = 2, Attention = Attention }.BuildGraph(), 2, 4, 4),
        "srresnet" => (new SrResNetOptions { Scale = 2, Blocks = 1, Features = 16 }.BuildGraph(), 2, 4, 5),
        "srresnet-cbam" => (new SrResNetOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention with { Order = CbamOrder.SpatialFirst } }.BuildGraph(), 2, 4, 4),
        "lapsrn" => (new LapSrnOptions { Scale = 4, Blocks = 1, Features = 16 }.BuildGraph(), 2, 3, 4),
        "lapsrn-cbam" => (new LapSrnOptions { Scale = 2, Blocks = 1, Features = 16, Attention = Attention }.BuildGraph(), 2, 4, 5),
        "srcnn" => (new SrcnnOptions { Scale = 2 }.BuildGraph(), 1, 3, 3),
        "vdsr-cbam" => (new VdsrOptions { Scale = 2, Layers = 4, Features = 16, Attention = Attention }.BuildGraph(), 2, 3, 4),
        "vit" => (new VitOptions { Scale = 2, WindowSize = 6, Patch = 2, Dimension = 12, Depth = 1, Heads = 3, MlpRatio = 2, Features = 16 }.BuildGraph(), 2, 6, 6),
        "discriminator" => (new SrganDiscriminatorOptions { InputSize = 16, Features = 4, DenseUnits = 8 }.BuildGraph(), 4, 16, 16),
        _ => Operation(name),
    };

    private static (Graph Graph, int Count, int Height, int Width) Operation(string name)
    {
        var g = new GraphBuilder(3, 4, 6);
        if (name == "strided")
        {
            var down = g.LeakyRelu(g.Conv("down", g.Conv("head", g.Input, 16, 5), 12, 3, stride: 2, padding: 1), 0.2f);
            return (g.Build(g.Sigmoid(g.Conv("last", down, 5, 1))), 2, 9, 12);
        }

        if (name == "attention-blocks")
        {
            // More positions than a block of queries holds, and no multiple of it.
            return (g.Build(g.Conv("tail", g.SelfAttention(g.Conv("qkv", g.Input, 60, 1), 2), 3, 1)), 2, 5, 11);
        }

        var x = name switch
        {
            "bicubic" => g.BicubicUpsample(g.Input, 3),
            "channel-scale" => g.ChannelScale(g.Input, [2, -3, 0.5f]),
            _ => g.Input,
        };
        x = g.Conv("head", x, 18, 3);
        if (name == "output-thrice")
        {
            return (g.Build(x, ("again", x), ("and-again", x), ("after", g.Relu(g.Conv("tail", x, 3, 1)))), 3, 4, 6);
        }

        return (g.Build(g.Conv("tail", Body(g, x, name), 3, 1)), 3, 4, 6);
    }

    private static Node Body(GraphBuilder g, Node x, string name) => name switch
    {
        "mixed" => Mixed(g, g.Relu(g.Conv("wide", x, 16, 3))),
        "batch-norm" => g.Add(g.BatchNorm("bn", x), x),
        "prelu" => g.Add(g.Prelu("prelu", x), x),
        "multiply" => g.Multiply(g.Multiply(x, x), g.Conv("gate", x, 18, 1)),
        "square" => g.Multiply(x, x),
        "gate-of-itself" => GateOfItself(g, g.Conv("gate", x, 1, 3), x),
        "channel-gate" => g.Multiply(x, g.GlobalPool(g.Conv("gate", x, 18, 1), PoolKind.Average)),
        "spatial-gate" => g.Multiply(x, g.Conv("gate", x, 1, 3)),
        "average-pools" => g.Multiply(g.Multiply(x, g.GlobalPool(x, PoolKind.Average)), g.ChannelPool(x, PoolKind.Average)),
        "max-pools" => g.Multiply(g.Multiply(x, g.GlobalPool(x, PoolKind.Max)), g.ChannelPool(x, PoolKind.Max)),
        "concat" => g.Concat(g.Concat(x, g.Conv("more", x, 2, 1)), x),
        "transposed" => g.ConvTranspose("up", g.ConvTranspose("wide", x, 16, bias: false), 3),
        "transposed-x4" => g.ConvTranspose("up", x, 5, stride: 4),
        "transposed-wide" => WideTransposed(g, g.Conv("wide", x, 32, 3)),
        "few-channels" => g.Conv("gate", g.Sigmoid(g.Conv("few", g.Conv("narrow", x, 4, 1), 3, 5)), 2, 3, bias: false),
        "linear-shared" => Shared(g, x),
        "layer-norm" => g.Add(g.LayerNorm("norm", x), x),
        "attention" => g.SelfAttention(x, 3),
        "position" => g.Add(g.AddParameter("position", x, new Initializer.Normal(0.1f)), x),
        "gelu" => g.Gelu(g.Scale(x, 3)),
        "max-pool-2d" => g.MaxPool(x, 2),
        "flatten" => g.Linear("dense", g.Flatten(x), 7),
        "collapsed-tail" => g.Tanh(g.Conv("narrow", g.PixelShuffle(g.Conv("up", g.Relu(g.Conv("wide", x, 16, 3)), 9 * 32, 3), 3), 3, 3)),
        "collapsed-tail-gray" => g.Conv("narrow", g.PixelShuffle(g.Conv("up", g.Conv("wide", x, 16, 3), 4 * 16, 3), 2), 1, 3),
        "filled-up" => FilledUp(g, x),
        "not-filled-up" => g.Concat(g.Add(g.Conv("a", x, 13, 3), g.Prelu("prelu", g.Conv("b", x, 13, 3))), g.Relu(g.Conv("c", x, 14, 3))),
        "shared-shuffle" => SharedShuffle(g, g.Conv("narrow", x, 16, 3)),
        _ => x,
    };

    /// <summary>One map read four times, terms shared between sums, and a rectified map that is also a term.</summary>
    private static Node Mixed(GraphBuilder g, Node x)
    {
        var sum = g.Add(g.Conv("a", x, 16, 3), x);
        var more = g.Add(g.Add(sum, g.Relu(g.Conv("b", sum, 16, 3))), x);
        return g.Tanh(g.Add(more, g.Conv("c", more, 16, 3)));
    }

    /// <summary>A gate of one value per pixel, and one of one value per channel, that are squared.</summary>
    private static Node GateOfItself(GraphBuilder g, Node gate, Node x)
    {
        var mean = g.GlobalPool(x, PoolKind.Average);
        return g.Multiply(g.Multiply(x, g.Multiply(gate, gate)), g.Multiply(mean, mean));
    }

    /// <summary>Widths that are no multiple of a vector's, through everything that keeps zeros.</summary>
    private static Node FilledUp(GraphBuilder g, Node x)
    {
        var wide = g.Conv("wide", x, 13, 3);
        var sum = g.Add(g.Conv("again", g.LeakyRelu(g.Scale(wide, 0.5f), 0.2f), 13, 5), wide);
        return g.PixelShuffle(g.Conv("up", g.Relu(g.Add(g.Conv("more", sum, 13, 3), sum)), 4 * 14, 3), 2);
    }

    /// <summary>Transposed convolutions of so many channels that they are computed by Winograd's algorithm: rectified, summed, and used twice.</summary>
    private static Node WideTransposed(GraphBuilder g, Node x)
    {
        var up = g.LeakyRelu(g.ConvTranspose("up", x, 16), 0.2f);
        var other = g.ConvTranspose("other", g.Tanh(x), 16);
        var sum = g.Add(g.Reuse(other, x), up);
        return g.Add(sum, other);
    }

    /// <summary>One linear layer on maps and on single pixels.</summary>
    private static Node Shared(GraphBuilder g, Node x)
    {
        var first = g.Linear("shared", x, 18);
        return g.Multiply(first, g.Reuse(first, g.GlobalPool(x, PoolKind.Average)));
    }

    /// <summary>One convolution whose result is shuffled once and once not.</summary>
    private static Node SharedShuffle(GraphBuilder g, Node x)
    {
        var first = g.Conv("shared", x, 64, 3);
        var small = g.PixelShuffle(first, 2);
        return g.Add(small, g.PixelShuffle(g.Tanh(g.Reuse(first, x)), 2));
    }
}
