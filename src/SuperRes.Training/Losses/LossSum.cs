namespace SuperRes.Training.Losses;

/// <summary>The recipe's losses over all outputs of a network, and their gradients. The gradients' arrays are used again each step.</summary>
internal sealed class LossSum(IReadOnlyList<PixelLoss> losses)
{
    private FeatureBatch[] _gradients = [];

    /// <summary>d loss / d output of the last <see cref="Evaluate"/>, one per output.</summary>
    public IReadOnlyList<FeatureBatch> Gradients => _gradients;

    /// <summary>The sum of all losses over all outputs.</summary>
    public double Evaluate(IReadOnlyList<FeatureBatch> outputs, IReadOnlyList<FeatureBatch> targets)
    {
        if (_gradients.Length != outputs.Count || !_gradients[0].HasShapeOf(outputs[0]))
        {
            _gradients = [.. outputs.Select(output => new FeatureBatch(output.Count, output.Height, output.Width, output.Channels))];
        }

        double sum = 0;
        for (var i = 0; i < outputs.Count; i++)
        {
            Array.Clear(_gradients[i].Values);
            foreach (var loss in losses)
            {
                sum += loss.AddGradient(outputs[i], targets[i], _gradients[i]);
            }
        }

        return sum;
    }
}
