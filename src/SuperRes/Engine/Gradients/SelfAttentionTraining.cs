using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Scaled dot-product attention per image and head. The weights of all pairs of positions would be the largest map of the
/// network by far, so the backward pass computes them again. With p a query's weights, o its result and s its scores:
/// dv = p do, dp = do v, ds = p (dp - sum of p dp), dq = ds k / sqrt(d), dk = ds q / sqrt(d).
/// </summary>
internal sealed unsafe class SelfAttentionTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _heads;
    private readonly int _depth;
    private readonly int _positions;
    private readonly float _scale;
    private readonly TrainingWorkers _workers;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public SelfAttentionTraining(BatchMap input, BatchMap output, int heads, TrainingWorkers workers)
    {
        (_input, _output, _heads, _workers) = (input, output, heads, workers);
        (_depth, _positions) = (output.Channels / heads, input.Height * input.Width);
        _scale = (float)(1 / Math.Sqrt(_depth));
        _forward = workers.Loop(Forward);
        _backward = workers.Loop(Backward);
    }

    public override long ScratchLength => 2L * _positions;

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
        var (image, head) = Math.DivRem(block, _heads);
        var query = Head(_input, image, head);
        var value = query + (2 * _output.Channels);
        var target = _output.Image(image) + (head * _depth);
        var weights = _workers.Scratch(worker);
        for (var position = 0; position < _positions; position++, query += _input.Channels, target += _output.Channels)
        {
            Weigh(image, head, query, weights);
            for (var other = 0; other < _positions; other++)
            {
                Elementwise.PutScaled(target, value + ((nint)other * _input.Channels), weights[other], _depth, accumulate: other > 0);
            }
        }
    }

    /// <summary>The queries of a head; keys and values lie C and 2 C floats behind them.</summary>
    private float* Head(BatchMap map, int image, int head) => map.Image(image) + (head * _depth);

    /// <summary>Softmax of the scores of one query.</summary>
    private void Weigh(int image, int head, float* query, float* weights)
    {
        var key = Head(_input, image, head) + _output.Channels;
        var largest = float.NegativeInfinity;
        for (var other = 0; other < _positions; other++, key += _input.Channels)
        {
            weights[other] = Elementwise.Dot(query, key, _depth) * _scale;
            largest = MathF.Max(largest, weights[other]);
        }

        var sum = 0f;
        for (var other = 0; other < _positions; other++)
        {
            weights[other] = MathF.Exp(weights[other] - largest);
            sum += weights[other];
        }

        Elementwise.PutScaled(weights, weights, 1 / sum, _positions, accumulate: false);
    }

    private void Backward(int block, int worker)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var (image, head) = Math.DivRem(block, _heads);
        if (!accumulate)
        {
            ClearHead(map, image, head);
        }

        var stride = (nint)_input.Channels;
        var query = Head(_input, image, head);
        var queryGradient = Head(map, image, head);
        var key = query + _output.Channels;
        var keyGradient = queryGradient + _output.Channels;
        var value = key + _output.Channels;
        var valueGradient = keyGradient + _output.Channels;
        var gradient = OutputGradient!.Image(image) + (head * _depth);
        var weights = _workers.Scratch(worker);
        var scores = weights + _positions;
        for (var position = 0; position < _positions; position++, gradient += _output.Channels)
        {
            var q = query + (position * stride);
            var dq = queryGradient + (position * stride);
            Weigh(image, head, q, weights);
            for (var other = 0; other < _positions; other++)
            {
                scores[other] = Elementwise.Dot(gradient, value + (other * stride), _depth);
                Elementwise.PutScaled(valueGradient + (other * stride), gradient, weights[other], _depth, accumulate: true);
            }

            var mean = Elementwise.Dot(weights, scores, _positions);
            for (var other = 0; other < _positions; other++)
            {
                var score = _scale * weights[other] * (scores[other] - mean);
                Elementwise.PutScaled(dq, key + (other * stride), score, _depth, accumulate: true);
                Elementwise.PutScaled(keyGradient + (other * stride), q, score, _depth, accumulate: true);
            }
        }
    }

    private void ClearHead(BatchMap map, int image, int head)
    {
        var target = Head(map, image, head);
        for (var position = 0; position < _positions; position++, target += map.Channels)
        {
            for (var part = 0; part < 3; part++)
            {
                new Span<float>(target + (part * _output.Channels), _depth).Clear();
            }
        }
    }
}
