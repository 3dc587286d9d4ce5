using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Resampling;
using SuperRes.Training.Cpu;
using SuperRes.Training.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>Every architecture with and without attention, small: one step reaches every parameter, and one patch can be learned by heart.</summary>
public sealed class OverfitTests
{
    private const int Side = 8;
    private const int Steps = 3000;
    private const double Enough = 40.5;

    public static TheoryData<string, bool> Architectures => new(
        from architecture in new[] { "edsr", "srresnet", "espcn", "lapsrn", "lapsrn-x4", "srcnn", "vdsr", "vit" }
        from attention in new[] { false, true }
        where architecture != "vit" || !attention
        select (architecture, attention));

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Update_OnOnePatch_ReachesEveryParameterAndLearnsItByHeart(string architecture, bool attention)
    {
        var options = Options(architecture, attention ? new CbamOptions(Reduction: 2) : null);
        var graph = options.BuildGraph();
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), threads: 1);
        var (input, targets) = Patch(TargetScales.Of(graph));
        var losses = new LossSum([new MseLoss()]);
        var psnr = 0.0;
        for (var step = 1; step <= Steps && psnr < Enough; step++)
        {
            var outputs = network.Forward(input);
            psnr = -10 * Math.Log10(MeanSquare(outputs[0], targets[0]));
            Assert.True(double.IsFinite(losses.Evaluate(outputs, targets)), $"the loss of step {step} is not finite");
            network.ClearGradients();
            network.Backward(losses.Gradients, GradientTargets.Parameters);
            if (step == 1)
            {
                AssertEveryParameterHasAGradient(network);
            }

            network.Update(new OptimizerStep { Step = step, LearningRate = Rate(step), GradientScale = Math.Min(1, 1 / network.GradientNorm()) });
        }

        Assert.True(psnr > 40, $"{psnr:F2} dB after {Steps} steps");
    }

    /// <summary>What overfitting is to a discriminator: it tells the same few real and generated patches apart without a doubt.</summary>
    [Fact]
    public void Update_OfTheDiscriminator_ReachesEveryParameterAndTellsPatchesApart()
    {
        var graph = new SrganDiscriminatorOptions(InputSize: 16, Features: 8, DenseUnits: 16).BuildGraph();
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 1), threads: 1);
        var (real, generated) = (Noise(1), Noise(2));
        var gradient = new FeatureBatch(4, 1, 1, 1);
        var loss = double.PositiveInfinity;
        for (var step = 1; step <= 400 && loss > 0.01; step++)
        {
            network.ClearGradients();
            loss = Judge(network, real, isReal: true, gradient) + Judge(network, generated, isReal: false, gradient);
            if (step == 1)
            {
                AssertEveryParameterHasAGradient(network);
            }

            network.Update(new OptimizerStep { Step = step, LearningRate = 1e-3 });
        }

        Assert.True(loss < 0.01, $"the loss is {loss}, where guessing makes 1.386");
    }

    private static double Judge(CpuNetwork network, FeatureBatch images, bool isReal, FeatureBatch gradient)
    {
        var loss = LogisticLoss.Evaluate(network.Forward(images)[0], isReal, 1, gradient);
        network.Backward([gradient], GradientTargets.Parameters);
        return loss;
    }

    private static double Rate(int step) => step < 1500 ? 2e-3 : step < 2400 ? 5e-4 : 1e-4;

    private static void AssertEveryParameterHasAGradient(CpuNetwork network)
    {
        var gradients = network.Gradients();
        var trained = network.Graph.Parameters.Where(parameter => parameter.Trainable).ToArray();
        Assert.NotEmpty(trained);
        Assert.All(trained, parameter =>
        {
            Assert.All(gradients[parameter], value => Assert.True(float.IsFinite(value), parameter.Name));
            Assert.True(gradients[parameter].Any(value => value != 0), $"{parameter.Name} gets no gradient");
        });
    }

    private static NetworkOptions Options(string architecture, CbamOptions? attention) => architecture switch
    {
        "edsr" => new EdsrOptions(2, attention, Blocks: 1, Features: 16),
        "srresnet" => new SrResNetOptions(2, attention, Blocks: 1, Features: 16),
        "espcn" => new EspcnOptions(2, attention),
        "lapsrn" => new LapSrnOptions(2, attention, Blocks: 1, Features: 16),
        "lapsrn-x4" => new LapSrnOptions(4, attention, Blocks: 1, Features: 16),
        "srcnn" => new SrcnnOptions(2, attention),
        "vdsr" => new VdsrOptions(2, attention, Layers: 4, Features: 16),
        _ => new VitOptions(2, attention, WindowSize: Side, Dimension: 24, Depth: 1, Heads: 3, Features: 16),
    };

    /// <summary>One patch of a photo-like pattern, reduced by MATLAB's bicubic.</summary>
    private static (FeatureBatch Input, FeatureBatch[] Targets) Patch(IReadOnlyList<int> scales)
    {
        var image = TinyData.Waves(Side * scales.Max(), Side * scales.Max(), 2);
        FeatureBatch Batch(int side)
        {
            var batch = new FeatureBatch(1, side, side, 3);
            PatchCutter.Cut(MatlabResize.ToSize(image, side, side), 0, 0, default, batch, 0);
            return batch;
        }

        return (Batch(Side), [.. scales.Select(scale => Batch(Side * scale))]);
    }

    private static FeatureBatch Noise(int seed)
    {
        var (random, batch) = (new Random(seed), new FeatureBatch(4, 16, 16, 3));
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.Values[i] = random.NextSingle();
        }

        return batch;
    }

    private static double MeanSquare(FeatureBatch one, FeatureBatch other) =>
        one.Values.Zip(other.Values, (a, b) => (double)(a - b) * (a - b)).Average();
}
