using System.Numerics;
using SuperRes.Engine.Gradients;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Cpu;

/// <summary>AdamW and the moving average over all parameters at once, in blocks that don't depend on the threads.</summary>
internal sealed unsafe class AdamUpdate
{
    private const int Block = 32 * 1024;

    private readonly ParameterStore _parameters;
    private readonly ParallelLoop _loop;
    private readonly ParallelLoop _normLoop;
    private readonly double[] _squares;
    private OptimizerStep _step;

    public AdamUpdate(ParameterStore parameters, TrainingWorkers workers)
    {
        _parameters = parameters;
        _loop = workers.Loop((block, _) => Apply(block));
        _normLoop = workers.Loop((block, _) => _squares![block] = SumOfSquares(block));
        _squares = new double[Blocks];
    }

    private int Blocks => (int)((_parameters.TrainableLength + Block - 1) / Block);

    public void ClearGradients() => new Span<float>(_parameters.Gradients.Pointer, checked((int)_parameters.TrainableLength)).Clear();

    public double GradientNorm()
    {
        _normLoop.Run(Blocks);
        return Math.Sqrt(_squares.Sum());
    }

    public void Apply(OptimizerStep step)
    {
        _step = step;
        _loop.Run(Blocks);
        CopyStatistics(_parameters.Weights, _parameters.Average);
    }

    /// <summary>The moving average has the running statistics of the last update.</summary>
    public void RestoreStatistics() => CopyStatistics(_parameters.Average, _parameters.Weights);

    /// <summary>Running statistics are averages already.</summary>
    private void CopyStatistics(NativeBuffer from, NativeBuffer to)
    {
        var bytes = (from.Length - _parameters.TrainableLength) * sizeof(float);
        Buffer.MemoryCopy(from.Pointer + _parameters.TrainableLength, to.Pointer + _parameters.TrainableLength, bytes, bytes);
    }

    private (long Start, long End) Range(int block) => ((long)block * Block, Math.Min(_parameters.TrainableLength, ((long)block + 1) * Block));

    private double SumOfSquares(int block)
    {
        var (start, end) = Range(block);
        double sum = 0;
        for (var i = start; i < end; i += 16)
        {
            // Runs of 16 in float, which the parameters' alignment guarantees; their sums in double.
            float run = 0;
            for (var j = i; j < i + 16; j++)
            {
                run += _parameters.Gradients.Pointer[j] * _parameters.Gradients.Pointer[j];
            }

            sum += run;
        }

        return sum;
    }

    private void Apply(int block)
    {
        var (start, end) = Range(block);
        var scale = new Vector<float>((float)_step.GradientScale);
        var (beta1, beta2) = ((float)_step.Beta1, (float)_step.Beta2);
        var (b1, rest1, b2, rest2) = (new Vector<float>(beta1), new Vector<float>(1 - beta1), new Vector<float>(beta2), new Vector<float>(1 - beta2));
        var rate = new Vector<float>((float)(_step.LearningRate / (1 - Math.Pow(_step.Beta1, _step.Step))));
        var correction = new Vector<float>((float)(1 / Math.Sqrt(1 - Math.Pow(_step.Beta2, _step.Step))));
        var epsilon = new Vector<float>((float)_step.Epsilon);
        var kept = new Vector<float>((float)(1 - (_step.LearningRate * _step.WeightDecay)));
        var share = new Vector<float>((float)(1 - _step.AverageDecay));
        for (var i = start; i < end; i += Vector<float>.Count)
        {
            var gradient = Vector.Load(_parameters.Gradients.Pointer + i) * scale;
            var first = (b1 * Vector.Load(_parameters.FirstMoment.Pointer + i)) + (rest1 * gradient);
            var second = (b2 * Vector.Load(_parameters.SecondMoment.Pointer + i)) + (rest2 * gradient * gradient);
            first.Store(_parameters.FirstMoment.Pointer + i);
            second.Store(_parameters.SecondMoment.Pointer + i);
            var weight = (Vector.Load(_parameters.Weights.Pointer + i) * kept) - (rate * first / ((Vector.SquareRoot(second) * correction) + epsilon));
            weight.Store(_parameters.Weights.Pointer + i);
            var average = Vector.Load(_parameters.Average.Pointer + i);
            (average + (share * (weight - average))).Store(_parameters.Average.Pointer + i);
        }
    }
}
