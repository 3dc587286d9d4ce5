namespace SuperRes.Training.Losses;

/// <summary>The recipe's losses over the outputs of a network, and their gradients. The gradients' arrays are used again each step.</summary>
internal sealed class LossSum : IDisposable
{
    private readonly IReadOnlyList<PixelLoss> _pixels;
    private readonly IReadOnlyList<VggContent> _contents;
    private FeatureBatch[] _gradients = [];

    /// <param name="losses">The losses; those that need a discriminator are left to its trainer.</param>
    /// <param name="device">Where frozen loss networks run.</param>
    /// <exception cref="TrainingException">A loss network's weights can't be read.</exception>
    public LossSum(IReadOnlyList<Loss> losses, ITrainingDevice device)
    {
        _pixels = [.. losses.OfType<PixelLoss>()];
        _contents = [.. losses.OfType<VggLoss>().Select(loss => VggContent.Open(loss, device))];
    }

    /// <summary>Losses on pixels alone, which need no device.</summary>
    public LossSum(IReadOnlyList<PixelLoss> losses) => (_pixels, _contents) = (losses, []);

    /// <summary>The losses on pixels.</summary>
    public IReadOnlyList<PixelLoss> Pixels => _pixels;

    /// <summary>Whether there are no others.</summary>
    public bool ArePixelsAll => _contents.Count == 0;

    /// <summary>d loss / d output of the last evaluation, one per output.</summary>
    public IReadOnlyList<FeatureBatch> Gradients => _gradients;

    /// <summary>The sum of all losses.</summary>
    public double Evaluate(IReadOnlyList<FeatureBatch> outputs, IReadOnlyList<FeatureBatch> targets) => Evaluate(outputs, targets, new LossParts());

    /// <summary>The sum of all losses: those on pixels over all outputs, those on features on the main one.</summary>
    /// <param name="outputs">The network's outputs.</param>
    /// <param name="targets">One of the same shape per output.</param>
    /// <param name="parts">Receives each loss's share.</param>
    public double Evaluate(IReadOnlyList<FeatureBatch> outputs, IReadOnlyList<FeatureBatch> targets, LossParts parts)
    {
        if (_gradients.Length != outputs.Count || !_gradients[0].HasShapeOf(outputs[0]))
        {
            _gradients = [.. outputs.Select(output => new FeatureBatch(output.Count, output.Height, output.Width, output.Channels))];
        }

        double sum = 0;
        for (var i = 0; i < outputs.Count; i++)
        {
            Array.Clear(_gradients[i].Values);
            foreach (var loss in _pixels)
            {
                sum += parts.Add(loss.Kind, loss.AddGradient(outputs[i], targets[i], _gradients[i]));
            }
        }

        foreach (var content in _contents)
        {
            sum += parts.Add(content.Kind, content.AddGradient(outputs[0], targets[0], _gradients[0]));
        }

        return sum;
    }

    public void Dispose()
    {
        foreach (var content in _contents)
        {
            content.Dispose();
        }
    }
}
