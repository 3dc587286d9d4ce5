using SuperRes.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace SuperRes.Torch.Execution;

/// <summary>AdamW and the moving average over all parameters at once: the formulas of <see cref="OptimizerStep"/>, as the CPU engine has them.</summary>
internal static class AdamTensors
{
    public static void Apply(ParameterTensors parameters, OptimizerStep step)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (beta1, beta2) = ((float)step.Beta1, (float)step.Beta2);
        var gradient = step.GradientScale == 1 ? parameters.Gradients : parameters.Gradients.mul((float)step.GradientScale);
        parameters.FirstMoment.mul_(beta1).add_(gradient, 1 - beta1);
        parameters.SecondMoment.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);

        var rate = step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step));
        var correction = 1 / Math.Sqrt(1 - Math.Pow(step.Beta2, step.Step));
        var deviation = parameters.SecondMoment.sqrt().mul_(correction).add_(step.Epsilon);
        var weights = parameters.Weights.narrow(0, 0, parameters.TrainableLength);
        if (step.WeightDecay != 0)
        {
            weights.mul_(1 - (step.LearningRate * step.WeightDecay));
        }

        weights.addcdiv_(parameters.FirstMoment, deviation, -rate);
        Average(parameters, step.AverageDecay);
    }

    /// <summary>The moving average has the running statistics of the last update.</summary>
    public static void RestoreStatistics(ParameterTensors parameters)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        CopyStatistics(parameters, parameters.Average, parameters.Weights);
    }

    private static void Average(ParameterTensors parameters, double decay)
    {
        var length = parameters.TrainableLength;
        var average = parameters.Average.narrow(0, 0, length);
        average.add_(parameters.Weights.narrow(0, 0, length).sub(average), 1 - decay);
        CopyStatistics(parameters, parameters.Weights, parameters.Average);
    }

    /// <summary>Running statistics are averages already.</summary>
    private static void CopyStatistics(ParameterTensors parameters, Tensor from, Tensor to)
    {
        var count = from.NumberOfElements - parameters.TrainableLength;
        if (count > 0)
        {
            to.narrow(0, parameters.TrainableLength, count).copy_(from.narrow(0, parameters.TrainableLength, count));
        }
    }
}
