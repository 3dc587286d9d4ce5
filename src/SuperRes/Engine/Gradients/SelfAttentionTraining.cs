using SuperRes.Engine.Kernels;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Scaled dot-product attention per image and head. The weights of all pairs of positions would be the largest map of the
/// network by far, so the backward pass computes them again. With P the weights of a block of queries Q, and dO the
/// gradients of their results: dV += P' dO, dP = dO V', dS = P (dP - sum of P dP), dQ = dS K / sqrt(d),
/// dK += dS' Q / sqrt(d).
/// </summary>
internal sealed unsafe class SelfAttentionTraining<TSimd> : TrainingStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Values behind a row's last that <see cref="OuterGemm{TSimd}"/> reads.</summary>
    private const int Margin = 3;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _heads;
    private readonly int _depth;
    private readonly int _positions;
    private readonly AttentionHead<TSimd> _head;
    private readonly TrainingWorkers _workers;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public SelfAttentionTraining(BatchMap input, BatchMap output, int heads, TrainingWorkers workers)
    {
        (_input, _output, _heads, _workers) = (input, output, heads, workers);
        (_depth, _positions) = (output.Channels / heads, input.Height * input.Width);
        _head = new AttentionHead<TSimd>(_positions, _depth);
        _forward = workers.Loop(Forward);
        _backward = workers.Loop(Backward);
    }

    /// <summary>The backward pass: keys and values as columns, keys as rows, two sums of gradients, two blocks of weights and three of queries.</summary>
    public override long ScratchLength => (2 * _head.ColumnsLength) + (3 * _head.RowsLength) + (2 * _head.WeightsLength) + (3 * _head.BlockLength) + Margin;

    public override void Forward() => _forward.Run(_output.Count * _heads);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(_output.Count * _heads);
        }
    }

    private void Forward(int block, int worker)
    {
        float* query = Head(_input, block), key = query + _output.Channels, value = key + _output.Channels, target = Head(_output, block);
        float* keys = _workers.Scratch(worker), values = keys + _head.ColumnsLength, weights = values + _head.RowsLength;
        float* queries = weights + _head.WeightsLength, results = queries + _head.BlockLength;
        _head.PackColumns(key, _input.Channels, 0, _positions, keys);
        _head.PackRows(value, _input.Channels, 0, _positions, values);
        for (var first = 0; first < _positions; first += AttentionHead<TSimd>.Queries)
        {
            var count = Math.Min(AttentionHead<TSimd>.Queries, _positions - first);
            PutBlock(query, _input.Channels, first, count, queries);
            _head.Weigh(queries, keys, weights);
            _head.Sum(weights, values, results);
            PutRows(results, 1, target, _output.Channels, first, count, accumulate: false);
        }
    }

    private void Backward(int block, int worker)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        float* query = Head(_input, block), key = query + _output.Channels, value = key + _output.Channels, gradient = Head(OutputGradient!, block);
        float* queryTarget = Head(map, block), keyTarget = queryTarget + _output.Channels, valueTarget = keyTarget + _output.Channels;
        float* keys = _workers.Scratch(worker), values = keys + _head.ColumnsLength, keyRows = values + _head.ColumnsLength;
        float* keyGradients = keyRows + _head.RowsLength, valueGradients = keyGradients + _head.RowsLength;
        float* weights = valueGradients + _head.RowsLength, scores = weights + _head.WeightsLength;
        float* queries = scores + _head.WeightsLength + Margin, gradients = queries + _head.BlockLength, results = gradients + _head.BlockLength;
        _head.PackColumns(key, _input.Channels, 0, _positions, keys);
        _head.PackColumns(value, _input.Channels, 0, _positions, values);
        _head.PackRows(key, _input.Channels, 0, _positions, keyRows);
        new Span<float>(keyGradients, checked((int)(2 * _head.RowsLength))).Clear();
        for (var first = 0; first < _positions; first += AttentionHead<TSimd>.Queries)
        {
            var count = Math.Min(AttentionHead<TSimd>.Queries, _positions - first);
            PutBlock(query, _input.Channels, first, count, queries);
            PutBlock(gradient, OutputGradient!.Channels, first, count, gradients);
            _head.Weigh(queries, keys, weights);
            AddOuter(weights, gradients, count, valueGradients);
            _head.Dot(gradients, values, scores);
            BackThroughSoftmax(weights, scores, count);
            AddOuter(scores, queries, count, keyGradients);
            _head.Sum(scores, keyRows, results);
            PutRows(results, _head.Scale, queryTarget, map.Channels, first, count, accumulate);
        }

        PutRows(keyGradients, _head.Scale, keyTarget, map.Channels, 0, _positions, accumulate);
        PutRows(valueGradients, 1, valueTarget, map.Channels, 0, _positions, accumulate);
    }

    /// <summary>A head's first channel of an image. Of the input these are its queries; keys and values lie C and 2 C floats behind them.</summary>
    private float* Head(BatchMap map, int block)
    {
        var (image, head) = Math.DivRem(block, _heads);
        return map.Image(image) + (head * _depth);
    }

    private void PutBlock(float* source, nint stride, int first, int count, float* block)
    {
        for (var i = 0; i < count; i++)
        {
            _head.PutRow(source + ((first + i) * stride), i, block);
        }
    }

    /// <summary>Adds the products of a block's rows: of weights or scores with queries or gradients.</summary>
    private void AddOuter(float* weights, float* block, int count, float* sums) =>
        OuterGemm<TSimd>.Accumulate(weights, _head.Keys, block, _head.Columns, count, sums, _head.Columns, _positions, _head.Columns);

    /// <summary>Gradients of the weights become those of the scores.</summary>
    private void BackThroughSoftmax(float* weights, float* gradients, int count)
    {
        for (var query = 0; query < count; query++, weights += _head.Keys, gradients += _head.Keys)
        {
            var mean = TSimd.Broadcast(Elementwise.Dot(weights, gradients, _positions));
            for (var i = 0; i < _head.Keys; i += TSimd.Count)
            {
                (TSimd.Load(weights + i) * (TSimd.Load(gradients + i) - mean)).Store(gradients + i);
            }
        }
    }

    /// <summary>Puts rows, or adds them, to positions of a map.</summary>
    private void PutRows(float* rows, float factor, float* target, nint stride, int first, int count, bool accumulate)
    {
        target += first * stride;
        for (var i = 0; i < count; i++, target += stride, rows += _head.Columns)
        {
            Elementwise.PutScaled(target, rows, factor, _depth, accumulate);
        }
    }
}
