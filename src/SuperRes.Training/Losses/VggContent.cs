using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Training.TensorFiles;

namespace SuperRes.Training.Losses;

/// <summary>A frozen network that a loss is computed through: its weights never move, and only its input gets a gradient.</summary>
internal sealed class VggContent(ITrainableNetwork network, VggLoss loss) : IDisposable
{
    private readonly MseLoss _difference = new() { Weight = loss.Weight };
    private FeatureBatch? _target;
    private FeatureBatch? _gradient;

    public string Kind => loss.Kind;

    /// <summary>Reads the weights and puts the network on a device.</summary>
    /// <exception cref="TrainingException">The file is absent, or not VGG-19's weights.</exception>
    public static VggContent Open(VggLoss loss, ITrainingDevice device)
    {
        var graph = new Vgg19Options(loss.Layer, loss.BeforeActivation).BuildGraph();
        var names = graph.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var weights = new Weights(TensorFile.Read(loss.File, names.Contains));
        var faults = weights.Differences(graph);
        return faults.Count == 0
            ? new VggContent(device.Create(graph, weights, GradientTargets.Input), loss)
            : throw new TrainingException(
                $"'{loss.File}' does not hold the weights of VGG-19 as torchvision names them: {string.Join("; ", faults.Take(3))}{(faults.Count > 3 ? $" and {faults.Count - 3} more" : "")}. {InputFiles.VggInstructions}");
    }

    /// <summary>Adds the weighted loss's gradient and returns the weighted loss.</summary>
    public double AddGradient(FeatureBatch output, FeatureBatch target, FeatureBatch gradient)
    {
        var features = network.Forward(target)[0];
        if (_target is null || !_target.HasShapeOf(features))
        {
            _target = new FeatureBatch(features.Count, features.Height, features.Width, features.Channels);
            _gradient = new FeatureBatch(features.Count, features.Height, features.Width, features.Channels);
        }

        features.Values.CopyTo(_target.Values, 0);
        features = network.Forward(output)[0];
        Array.Clear(_gradient!.Values);
        var value = _difference.AddGradient(features, _target, _gradient);
        var input = network.Backward([_gradient], GradientTargets.Input)!;
        AddTo(gradient.Values, input.Values);
        return value;
    }

    public void Dispose() => network.Dispose();

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> term)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += term[i];
        }
    }
}
