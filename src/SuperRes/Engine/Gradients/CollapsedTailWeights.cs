using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// The product of the weights of a 3x3 convolution A, whose features a pixel shuffle spreads, and of a 3x3 convolution B
/// that follows: one 3x3 convolution to the shares that an enlarged pixel gives to the nine around it (see
/// <see cref="CollapsedTailTraining{TSimd}"/>). Carries the product's gradient back to both.
/// </summary>
/// <remarks>
/// W[tap, i, (s, q, o)] is the sum over features f of A[q, tap, i, f] B[8 - s, f, o]: neighbour s lies at (s / 3 - 1, s % 3 - 1)
/// and sees the pixel through B's tap on the other side. q is the phase of the shuffle, o B's output.
/// </remarks>
internal sealed unsafe class CollapsedTailWeights : IDisposable
{
    private const int Taps = 9;

    private readonly ConvolutionWeights _wide;
    private readonly ConvolutionWeights _narrow;
    private readonly int _phases;
    private readonly NativeBuffer _weight;
    private readonly NativeBuffer _weightGradient;
    private readonly NativeBuffer _bias;
    private readonly NativeBuffer _biasGradient;
    private readonly NativeBuffer _transposed;
    private readonly NativeBuffer _transposedGradient;
    private readonly ParallelLoop _multiply;
    private readonly ParallelLoop _wideGradient;
    private readonly ParallelLoop _narrowGradient;

    /// <param name="wide">A's, in the columns' order of a fused shuffle.</param>
    /// <param name="narrow">B's.</param>
    /// <param name="phases">r² of the shuffle.</param>
    public CollapsedTailWeights(ConvolutionWeights wide, ConvolutionWeights narrow, int phases, TrainingWorkers workers)
    {
        (_wide, _narrow, _phases) = (wide, narrow, phases);
        var columns = Columns(phases, narrow.Columns);
        _weight = new NativeBuffer((long)Taps * wide.Inputs * columns);
        _weightGradient = new NativeBuffer(_weight.Length);
        _bias = new NativeBuffer(columns);
        _biasGradient = new NativeBuffer(columns);
        _transposed = new NativeBuffer((long)Taps * narrow.Columns * Features);
        _transposedGradient = new NativeBuffer(_transposed.Length);
        _multiply = workers.Loop((input, _) => Multiply(input));
        _wideGradient = workers.Loop((input, _) => AddWideGradient(input));
        _narrowGradient = workers.Loop((neighbour, _) => AddNarrowGradient(neighbour));
        Product = new ConvolutionWeights
        {
            Inputs = wide.Inputs,
            Columns = columns,
            KernelHeight = 3,
            KernelWidth = 3,
            Weight = _weight.Pointer,
            WeightGradient = _weightGradient.Pointer,
            Bias = _bias.Pointer,
            BiasGradient = _biasGradient.Pointer,
        };
    }

    /// <summary>The weights of the one convolution; columns that fill up the last vector stay zero.</summary>
    public ConvolutionWeights Product { get; }

    private int Features => _narrow.Inputs;

    private int UsedColumns => Taps * _phases * _narrow.Columns;

    /// <summary>Columns of the product: neighbours, phases, outputs.</summary>
    public static int Columns(int phases, int outputs) => Packing.RoundUp(Taps * phases * outputs);

    /// <summary>Makes the product from the weights as they are.</summary>
    public void Multiply()
    {
        for (var neighbour = 0; neighbour < Taps; neighbour++)
        {
            for (var f = 0; f < Features; f++)
            {
                for (var o = 0; o < _narrow.Columns; o++)
                {
                    Transposed(neighbour, o)[f] = Narrow(_narrow.Weight, neighbour)[(f * _narrow.Columns) + o];
                }
            }
        }

        _multiply.Run(_wide.Inputs);
        for (var column = 0; column < UsedColumns; column++)
        {
            var other = Factors(column, out var phase);
            _bias.Pointer[column] = Elementwise.Dot(_wide.Bias + (phase * Features), other, Features);
        }
    }

    /// <summary>Sets the product's gradient to zero.</summary>
    public void ClearGradient()
    {
        new Span<float>(_weightGradient.Pointer, (int)_weightGradient.Length).Clear();
        new Span<float>(_biasGradient.Pointer, (int)_biasGradient.Length).Clear();
    }

    /// <summary>Adds what the product's gradient means for the weights of both convolutions and for the first one's biases.</summary>
    public void AddGradients()
    {
        _wideGradient.Run(_wide.Inputs);
        _narrowGradient.Run(Taps);
        for (var column = 0; column < UsedColumns; column++)
        {
            var other = Factors(column, out var phase);
            Elementwise.PutScaled(_wide.BiasGradient + (phase * Features), other, _biasGradient.Pointer[column], Features, accumulate: true);
        }
    }

    public void Dispose()
    {
        foreach (var buffer in new[] { _weight, _weightGradient, _bias, _biasGradient, _transposed, _transposedGradient })
        {
            buffer.Dispose();
        }
    }

    private float* Transposed(int neighbour, int o) => _transposed.Pointer + (((neighbour * _narrow.Columns) + o) * Features);

    /// <summary>The matrix [features, outputs] of the tap through which a neighbour sees the pixel.</summary>
    private float* Narrow(float* weights, int neighbour) => weights + ((Taps - 1 - neighbour) * Features * _narrow.Columns);

    /// <summary>The features' weights of one tap and input, in one phase.</summary>
    private float* Wide(float* weights, int phase, int tap, int input) => weights + (((((nint)phase * Taps) + tap) * _wide.Inputs) + input) * Features;

    /// <summary>The product's row of one tap and input.</summary>
    private float* Row(NativeBuffer product, int tap, int input) => product.Pointer + ((((nint)tap * _wide.Inputs) + input) * Product.Columns);

    private int Column(int neighbour, int phase, int o) => (((neighbour * _phases) + phase) * _narrow.Columns) + o;

    /// <summary>The weights of the second convolution in a column, one per feature, and the phase whose features they meet.</summary>
    private float* Factors(int column, out int phase)
    {
        var (rest, o) = Math.DivRem(column, _narrow.Columns);
        (var neighbour, phase) = Math.DivRem(rest, _phases);
        return Transposed(neighbour, o);
    }

    private void Multiply(int input)
    {
        for (var tap = 0; tap < Taps; tap++)
        {
            var row = Row(_weight, tap, input);
            for (var column = 0; column < UsedColumns; column++)
            {
                var other = Factors(column, out var phase);
                row[column] = Elementwise.Dot(Wide(_wide.Weight, phase, tap, input), other, Features);
            }
        }
    }

    private void AddWideGradient(int input)
    {
        for (var tap = 0; tap < Taps; tap++)
        {
            var row = Row(_weightGradient, tap, input);
            for (var column = 0; column < UsedColumns; column++)
            {
                var other = Factors(column, out var phase);
                Elementwise.PutScaled(Wide(_wide.WeightGradient, phase, tap, input), other, row[column], Features, accumulate: true);
            }
        }
    }

    private void AddNarrowGradient(int neighbour)
    {
        var target = Narrow(_narrow.WeightGradient, neighbour);
        for (var o = 0; o < _narrow.Columns; o++)
        {
            var sum = _transposedGradient.Pointer + (((neighbour * _narrow.Columns) + o) * Features);
            new Span<float>(sum, Features).Clear();
            for (var phase = 0; phase < _phases; phase++)
            {
                var column = Column(neighbour, phase, o);
                Elementwise.PutScaled(sum, _wide.Bias + (phase * Features), _biasGradient.Pointer[column], Features, accumulate: true);
                for (var tap = 0; tap < Taps; tap++)
                {
                    for (var input = 0; input < _wide.Inputs; input++)
                    {
                        Elementwise.PutScaled(sum, Wide(_wide.Weight, phase, tap, input), Row(_weightGradient, tap, input)[column], Features, accumulate: true);
                    }
                }
            }

            for (var f = 0; f < Features; f++)
            {
                target[(f * _narrow.Columns) + o] += sum[f];
            }
        }
    }
}
