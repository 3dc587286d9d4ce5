using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A 3x3 convolution, a pixel shuffle by r and a 3x3 convolution to few channels, with nothing between them that is not
/// linear (EDSR's tail), as one 3x3 convolution in training. The enlarged map of features, the largest map by far, never
/// exists, nor does its gradient.
/// </summary>
/// <remarks>
/// The second convolution adds up, at each enlarged pixel, what its nine neighbours' features give through its taps. What
/// an enlarged pixel gives to each of the nine around it, its shares, is a linear function of its features, hence of the
/// first convolution's input: 9 r² C shares per pixel instead of r² F features (108 for 256 in EDSR). They are added up
/// where they belong; what falls beyond the edges is left out, exactly as the padding by zeros does.
/// (Inference folds that sum into the weights too: <see cref="Compilation.CollapsedTail"/>.)
/// </remarks>
internal sealed unsafe class CollapsedTailTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Side = 3;

    private readonly BatchMap _output;
    private readonly ConvolutionWeights _narrow;
    private readonly int _shuffle;
    private readonly TrainingWorkers _workers;
    private readonly CollapsedTailWeights _weights;
    private readonly NativeBuffer _memory;
    private readonly BatchMap _shares;
    private readonly WinogradTraining<TSimd> _convolution;
    private readonly ParallelLoop _sum;
    private readonly ParallelLoop _spread;
    private readonly PartialSums _biasGradient;

    /// <param name="wide">The first convolution's weights, in the columns' order of a fused shuffle.</param>
    /// <param name="narrow">The second one's.</param>
    public CollapsedTailTraining(BatchMap input, BatchMap output, ConvolutionWeights wide, ConvolutionWeights narrow, int shuffle, TrainingWorkers workers, WinogradScratch shared)
    {
        (_output, _narrow, _shuffle, _workers) = (output, narrow, shuffle, workers);
        _weights = new CollapsedTailWeights(wide, narrow, shuffle * shuffle, workers);
        var columns = _weights.Product.Columns;
        _memory = new NativeBuffer((long)input.Pixels * columns);
        _shares = new BatchMap(_memory, input.Count, input.Height, input.Width, columns);
        _convolution = new WinogradTraining<TSimd>(input, _shares, residual: null, _weights.Product, slope: null, shuffle: 1, workers, shared);
        _sum = workers.Loop(SumShares);
        _spread = workers.Loop(SpreadGradient);
        _biasGradient = new PartialSums(output.Pixels, output.Channels, workers, AddBiasGradient);
    }

    public override long ScratchLength => Math.Max(_convolution.ScratchLength, (_shuffle + Side - 1) * (long)PaddedLength);

    /// <summary>A row of the result with a pixel more at both ends.</summary>
    private int PaddedLength => (_output.Width + 2) * _output.Channels;

    /// <summary>The shares that a pixel's row of r enlarged pixels gives to one neighbour lie together.</summary>
    private int RunLength => _shuffle * _output.Channels;

    public override bool MasksGradient(int input) => _convolution.MasksGradient(input);

    public override bool ReadsOutput => false;

    public override void Forward()
    {
        _weights.Multiply();
        _convolution.Forward();
        _sum.Run(_output.Count);
    }

    /// <summary>Tells the convolution inside of the gradients' maps, once the plan has set them.</summary>
    public void PrepareBackward()
    {
        _convolution.InputGradients = InputGradients;
        // The shares are not read again, and their gradient has the same shape.
        _convolution.OutputGradient = _shares;
    }

    public override void Backward(bool parameters)
    {
        _spread.Run(_output.Count);
        if (parameters)
        {
            _weights.ClearGradient();
        }

        _convolution.Backward(parameters);
        if (parameters)
        {
            _weights.AddGradients();
            Elementwise.Add(_narrow.BiasGradient, _biasGradient.Run(), _output.Channels);
        }
    }

    public void Dispose()
    {
        _convolution.Dispose();
        _weights.Dispose();
        _biasGradient.Dispose();
        _memory.Dispose();
    }

    /// <summary>A pixel's shares for one neighbour, from one row of the r x r pixels that it becomes.</summary>
    private int Share(int neighbour, int phaseRow) => ((neighbour * _shuffle) + phaseRow) * RunLength;

    private void SumShares(int image, int worker)
    {
        var row = _workers.Scratch(worker);
        for (var y = 0; y < _output.Height; y++)
        {
            new Span<float>(row, PaddedLength).Clear();
            for (var neighbour = 0; neighbour < Side * Side; neighbour++)
            {
                var giver = y + 1 - (neighbour / Side);
                if ((uint)giver < (uint)_output.Height)
                {
                    var (sourceRow, phaseRow) = Math.DivRem(giver, _shuffle);
                    var shares = _shares.Image(image) + (sourceRow * _shares.RowLength) + Share(neighbour, phaseRow);
                    AddRuns(row + (neighbour % Side * _output.Channels), shares);
                }
            }

            var target = _output.Image(image) + (y * _output.RowLength);
            var sums = row + _output.Channels;
            for (var x = 0; x < _output.Width; x++)
            {
                for (var o = 0; o < _output.Channels; o++)
                {
                    *target++ = *sums++ + _narrow.Bias[o];
                }
            }
        }
    }

    private void AddRuns(float* row, float* shares)
    {
        var length = RunLength;
        for (var x = 0; x < _shares.Width; x++, row += length, shares += _shares.Channels)
        {
            for (var i = 0; i < length; i++)
            {
                row[i] += shares[i];
            }
        }
    }

    /// <summary>A share's gradient is that of the pixel which it was given to, and zero beyond the edges.</summary>
    private void SpreadGradient(int image, int worker)
    {
        var rows = _workers.Scratch(worker);
        for (var y = 0; y < _shares.Height; y++)
        {
            for (var i = 0; i < _shuffle + Side - 1; i++)
            {
                PadGradientRow(image, (y * _shuffle) + i - 1, rows + (i * PaddedLength));
            }

            var target = _shares.Image(image) + (y * _shares.RowLength);
            for (var x = 0; x < _shares.Width; x++, target += _shares.Channels)
            {
                Gather(rows + (x * RunLength), target);
            }
        }
    }

    private void PadGradientRow(int image, int y, float* row)
    {
        var padded = new Span<float>(row, PaddedLength);
        padded.Clear();
        if ((uint)y < (uint)_output.Height)
        {
            new ReadOnlySpan<float>(OutputGradient!.Image(image) + (y * _output.RowLength), (int)_output.RowLength).CopyTo(padded[_output.Channels..]);
        }
    }

    private void Gather(float* rows, float* target)
    {
        var length = RunLength;
        var place = target;
        for (var neighbour = 0; neighbour < Side * Side; neighbour++)
        {
            for (var phaseRow = 0; phaseRow < _shuffle; phaseRow++)
            {
                var source = rows + ((phaseRow + (neighbour / Side)) * PaddedLength) + (neighbour % Side * _output.Channels);
                for (var i = 0; i < length; i++)
                {
                    *place++ = source[i];
                }
            }
        }

        new Span<float>(place, (int)(target + _shares.Channels - place)).Clear();
    }

    private void AddBiasGradient(int first, int end, float* sums) =>
        Elementwise.AddRows(OutputGradient!.Pointer + ((nint)first * _output.Channels), _output.Channels, end - first, sums, _output.Channels);
}
