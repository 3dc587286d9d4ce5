using SuperRes.Networks;
using SuperRes.Torch;
using SuperRes.Torch.Execution;
using SuperRes.Torch.Loading;
using SuperRes.Training;
using SuperRes.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Benchmarks.Training;

/// <summary>
/// The same steps on TorchSharp, as fast as it does them: maps and weights channels-last, the batch and the loss as
/// tensors, one dispose scope per step, Adam over all parameters at once.
/// </summary>
internal sealed class TorchStep : IDisposable
{
    private readonly ParameterTensors _parameters;
    private readonly GraphExecution _execution;
    private readonly Tensor _input;
    private readonly Tensor[] _targets;
    private long _step;

    public TorchStep(StepCase step, int threads)
    {
        LibTorch.Load();
        set_num_threads(threads);
        var graph = step.BuildGraph();
        _parameters = new ParameterTensors(graph, CPU, ScalarType.Float32, frozen: false, bfloat16: false);
        _parameters.Load(_parameters.Weights, Weights.Initialize(graph, 1));
        _execution = new GraphExecution(graph, _parameters, CPU, ScalarType.Float32, bfloat16: false);
        var (input, targets) = step.Data(graph);
        (_input, _targets) = (ChannelsLast(input), [.. targets.Select(ChannelsLast)]);
    }

    /// <summary>Forward, L1, backward, Adam; returns the loss.</summary>
    public double Run()
    {
        using var scope = NewDisposeScope();
        var outputs = _execution.Run(_input);
        var loss = outputs.Zip(_targets, (output, target) => nn.functional.l1_loss(output, target)).Aggregate((sum, next) => sum + next);
        using (no_grad())
        {
            _parameters.Gradients.zero_();
        }

        loss.backward();
        AdamTensors.Apply(_parameters, new OptimizerStep { Step = ++_step, LearningRate = 1e-4 });
        return loss.item<float>();
    }

    public void Dispose()
    {
        _execution.Dispose();
        _parameters.Dispose();
    }

    private static Tensor ChannelsLast(FeatureBatch batch) =>
        tensor(batch.Values, [batch.Count, batch.Height, batch.Width, batch.Channels]).permute(0, 3, 1, 2);
}
