using SuperRes.Training.Losses;

namespace SuperRes.Training.Tests.Losses;

public sealed class PixelLossTests
{
    private static FeatureBatch Batch(params float[] values)
    {
        var batch = new FeatureBatch(1, 1, values.Length, 1);
        values.CopyTo(batch.Values, 0);
        return batch;
    }

    [Fact]
    public void AddGradient_OfL1_ByHand()
    {
        var gradient = Batch(0, 0, 1, 0);
        var loss = new L1Loss { Weight = 2 }.AddGradient(Batch(0.5f, 1, 0, 0.25f), Batch(0, 1, 0.5f, 0), gradient);
        Assert.Equal(2 * 1.25 / 4, loss, 1e-7);
        Assert.Equal([0.5f, 0, 0.5f, 0.5f], gradient.Values);
    }

    [Fact]
    public void AddGradient_OfMse_ByHand()
    {
        var gradient = Batch(0, 0);
        Assert.Equal((0.25 + 0.0625) / 2, new MseLoss().AddGradient(Batch(0.5f, 0), Batch(0, 0.25f), gradient), 1e-7);
        Assert.Equal([0.5f, -0.25f], gradient.Values);
    }

    [Fact]
    public void AddGradient_OfCharbonnier_ByHand()
    {
        // sqrt(0.3² + 0.4²) = 0.5; the gradient is 0.3 / 0.5.
        var gradient = Batch(0);
        Assert.Equal(0.5, new CharbonnierLoss { Epsilon = 0.4 }.AddGradient(Batch(0.3f), Batch(0), gradient), 1e-6);
        Assert.Equal(0.6f, gradient.Values[0], 1e-6f);
    }

    public static TheoryData<PixelLoss> Losses => [new L1Loss(), new MseLoss { Weight = 0.5 }, new CharbonnierLoss { Epsilon = 0.1 }];

    [Theory]
    [MemberData(nameof(Losses))]
    public void AddGradient_OnALongOddBatch_IsTheDifferenceQuotient(PixelLoss loss)
    {
        var random = new Random(3);
        var (output, target) = (new FeatureBatch(3, 41, 43, 3), new FeatureBatch(3, 41, 43, 3));
        for (var i = 0; i < output.Values.Length; i++)
        {
            (output.Values[i], target.Values[i]) = (random.NextSingle(), random.NextSingle());
        }

        var gradient = new FeatureBatch(3, 41, 43, 3);
        loss.AddGradient(output, target, gradient);
        foreach (var i in new[] { 0, 17, 8191, 8192, output.Values.Length - 1 })
        {
            output.Values[i] = target.Values[i] + 0.25f;
            var at = Value(loss, output, target, i);
            var gradientAt = at.Gradient;
            const float Step = 1e-2f;
            output.Values[i] += Step;
            var above = Single(loss, output.Values[i], target.Values[i]);
            output.Values[i] -= 2 * Step;
            var below = Single(loss, output.Values[i], target.Values[i]);
            Assert.Equal((above - below) / (2 * Step) / output.Values.Length, gradientAt, 1e-3 / output.Values.Length);
        }
    }

    [Fact]
    public void AddGradient_OfDifferentShapes_Throws() =>
        Assert.Throws<ArgumentException>(() => new L1Loss().AddGradient(Batch(1, 2), Batch(1), Batch(1, 2)));

    private static (double Loss, double Gradient) Value(PixelLoss loss, FeatureBatch output, FeatureBatch target, int index)
    {
        var gradient = new FeatureBatch(output.Count, output.Height, output.Width, output.Channels);
        return (loss.AddGradient(output, target, gradient), gradient.Values[index]);
    }

    private static double Single(PixelLoss loss, float output, float target) => loss.AddGradient(Batch(output), Batch(target), Batch(0));
}
