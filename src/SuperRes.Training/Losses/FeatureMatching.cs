using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Training.Losses;

/// <summary>Compares the discriminator's features of real and generated patches: see <see cref="FeatureMatchingLoss"/>.</summary>
internal sealed class FeatureMatching(double weight)
{
    /// <summary>Every second convolution of SRGAN's discriminator halves the size; their activations are compared.</summary>
    private static readonly string[] Layers = ["block.1", "block.3", "block.5", "block.7"];

    private readonly L1Loss _difference = new() { Weight = weight / Layers.Length };
    private FeatureBatch[] _real = [];
    private FeatureBatch[] _gradients = [];

    /// <summary>d loss / d features of the last <see cref="Evaluate"/>.</summary>
    public IReadOnlyList<FeatureBatch> Gradients => _gradients;

    /// <summary>The same discriminator, with the compared features as further outputs.</summary>
    public static Graph Observe(Graph discriminator) => new(
        discriminator.Nodes,
        [.. discriminator.Outputs, .. Layers.Select(layer => KeyValuePair.Create(layer, discriminator.Nodes.Single(node => node.Operation is LeakyRelu && node.Inputs[0].Name == $"{layer}.bn")))]);

    /// <summary>Takes the features of real patches.</summary>
    /// <param name="outputs">The discriminator's outputs, the logit first.</param>
    public void Remember(IReadOnlyList<FeatureBatch> outputs)
    {
        if (_real.Length == 0 || !_real[0].HasShapeOf(outputs[1]))
        {
            _real = [.. outputs.Skip(1).Select(Like)];
            _gradients = [.. outputs.Skip(1).Select(Like)];
        }

        for (var i = 0; i < _real.Length; i++)
        {
            outputs[i + 1].Values.CopyTo(_real[i].Values, 0);
        }
    }

    /// <summary>The weighted loss of generated patches against the remembered ones.</summary>
    public double Evaluate(IReadOnlyList<FeatureBatch> outputs)
    {
        double sum = 0;
        for (var i = 0; i < _real.Length; i++)
        {
            Array.Clear(_gradients[i].Values);
            sum += _difference.AddGradient(outputs[i + 1], _real[i], _gradients[i]);
        }

        return sum;
    }

    private static FeatureBatch Like(FeatureBatch batch) => new(batch.Count, batch.Height, batch.Width, batch.Channels);
}
