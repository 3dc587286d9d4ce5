using SuperRes.Engine.Reference;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Networks.Operations;

namespace SuperRes.Tests.Networks.Architectures;

public sealed class CbamTests
{
    private static EdsrOptions Edsr(CbamOptions? attention) => new() { Blocks = 2, Features = 8, Scale = 2, Attention = attention };

    private static IEnumerable<string> Gates(Graph graph) => graph.Nodes.Where(node => node.Operation is Sigmoid).Select(node => node.Name);

    [Fact]
    public void AtBlockEnd_NamesTheGatesForTaps() =>
        Assert.Equal(
            ["body.0.attention.channel", "body.0.attention.spatial", "body.1.attention.channel", "body.1.attention.spatial"],
            Gates(Edsr(new CbamOptions()).BuildGraph()));

    [Fact]
    public void Placement_DecidesWhereGatesStand()
    {
        var channelOnly = new CbamOptions { Spatial = false };
        Assert.Equal(
            ["body.0.attention1.channel", "body.0.attention.channel", "body.1.attention1.channel", "body.1.attention.channel"],
            Gates(Edsr(channelOnly with { Placement = CbamPlacement.EveryConv }).BuildGraph()));
        Assert.Equal(["body.attention.channel"], Gates(Edsr(channelOnly with { Placement = CbamPlacement.TailOnly }).BuildGraph()));
    }

    [Fact]
    public void Order_SpatialFirst_ComputesTheChannelGateFromTheSpatiallyGated()
    {
        var graph = Edsr(new CbamOptions { Order = CbamOrder.SpatialFirst }).BuildGraph();
        Assert.Equal(["body.0.attention.spatial", "body.0.attention.channel"], Gates(graph).Take(2));
    }

    /// <summary>The formulas of section 3 of the paper written out for one module, independent of the graph.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gates_FollowThePapersEquations(bool batchNorm)
    {
        var graph = Edsr(new CbamOptions { Reduction = 4, MlpBatchNorm = batchNorm }).BuildGraph();
        var values = ReferenceExecutor.ToDouble(graph, Weights.Initialize(graph, 5));
        const string Name = "body.0.attention";
        if (batchNorm)
        {
            values[$"{Name}.channel.mlp.3.running_mean"] = [.. Enumerable.Range(0, 8).Select(c => 0.1 * c)];
            values[$"{Name}.channel.mlp.3.bias"] = [.. Enumerable.Range(0, 8).Select(c => 0.2 - (0.05 * c))];
        }

        var run = new ReferenceExecutor(graph, values).Run(Pictures.Random(1, 3, 5, 6));
        var x = run["body.0.conv2"];
        var (w1, b1, w2) = (values[$"{Name}.channel.mlp.0.weight"], values[$"{Name}.channel.mlp.0.bias"], values[$"{Name}.channel.mlp.2.weight"]);
        double[] Channel(int c) => [.. x.Values.Skip(c * 30).Take(30)];
        double Mlp(Func<int, double> pooled, int c)
        {
            var sum = batchNorm ? 0 : values[$"{Name}.channel.mlp.2.bias"][c];
            for (var h = 0; h < 2; h++)
            {
                sum += w2[(c * 2) + h] * Math.Max(0, b1[h] + Enumerable.Range(0, 8).Sum(i => w1[(h * 8) + i] * pooled(i)));
            }

            return batchNorm ? ((sum - (0.1 * c)) / Math.Sqrt(1 + 1e-5)) + 0.2 - (0.05 * c) : sum;
        }

        for (var c = 0; c < 8; c++)
        {
            var expected = 1 / (1 + Math.Exp(-Mlp(i => Channel(i).Average(), c) - Mlp(i => Channel(i).Max(), c)));
            Assert.Equal(expected, run[$"{Name}.channel"][0, c, 0, 0], 1e-6);
        }

        // One position of the spatial gate, in the corner, where the convolution reads zeros outside.
        double Gated(int c, int y, int z) => x[0, c, y, z] * run[$"{Name}.channel"][0, c, 0, 0];
        var kernel = values[$"{Name}.spatial.conv.weight"];
        var score = values[$"{Name}.spatial.conv.bias"][0];
        for (var (y, ky) = (0, 3); y < 4; y++, ky++)
        {
            for (var (z, kz) = (0, 3); z < 4; z++, kz++)
            {
                double[] column = [.. Enumerable.Range(0, 8).Select(c => Gated(c, y, z))];
                score += (kernel[(ky * 7) + kz] * column.Average()) + (kernel[49 + (ky * 7) + kz] * column.Max());
            }
        }

        Assert.Equal(1 / (1 + Math.Exp(-score)), run[$"{Name}.spatial"][0, 0, 0, 0], 1e-6);
    }

    [Fact]
    public void GateInput_Constant_HasTheSameParametersAndGatesThatIgnoreTheImage()
    {
        var (attention, control) = (Edsr(new CbamOptions()).BuildGraph(), Edsr(new CbamOptions { GateInput = CbamGateInput.Constant }).BuildGraph());
        Assert.Equal(attention.Parameters.Select(p => (p.Name, string.Join(",", p.Shape))), control.Parameters.Select(p => (p.Name, string.Join(",", p.Shape))));

        var weights = Weights.Initialize(control, 1);
        var (first, second) = (Gate(control, 1), Gate(control, 2));
        Assert.Equal(first, second);
        Assert.NotEqual(Gate(attention, 1), Gate(attention, 2));

        double[] Gate(Graph graph, int seed)
        {
            var run = new ReferenceExecutor(graph, weights).Run(Pictures.Random(seed, 3, 9, 9));
            return [.. run["body.1.attention.channel"].Values, .. run["body.1.attention.spatial"].Values];
        }
    }

    [Fact]
    public void Gain_MultipliesWhatTheModuleGives()
    {
        var (plain, four) = (Espcn(1), Espcn(4));
        var weights = Weights.Initialize(plain, 1);
        Assert.Equal(plain.Parameters.Select(parameter => parameter.Name), four.Parameters.Select(parameter => parameter.Name));

        var (once, fourTimes) = (BeforeLastConv(plain), BeforeLastConv(four));

        Assert.Equal(once.Select(value => 4 * value), fourTimes, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Contains(once, value => Math.Abs(value) > 1e-3);

        static Graph Espcn(float gain) => new EspcnOptions { Scale = 2, Attention = new CbamOptions { Placement = CbamPlacement.TailOnly, Gain = gain } }.BuildGraph();

        double[] BeforeLastConv(Graph graph)
        {
            var conv = graph.Nodes.Single(node => node.Name == "conv3");
            return new ReferenceExecutor(graph, weights).Run(Pictures.Random(3, 3, 7, 6))[conv.Inputs[0].Name].Values;
        }
    }

    [Fact]
    public void Validate_ListsEveryFault()
    {
        var options = Edsr(new CbamOptions { Reduction = 0, SpatialKernel = 4, Channel = false, Spatial = false, Order = (CbamOrder)7, Gain = 0 });
        Assert.Equal(5, options.Validate().Count);
    }
}
