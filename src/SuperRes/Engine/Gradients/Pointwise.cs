namespace SuperRes.Engine.Gradients;

/// <summary>The pointwise functions of networks.</summary>
internal static class Pointwise
{
    /// <summary>max(x, 0), where it could not be fused.</summary>
    public readonly struct Relu : IPointwise
    {
        public float Evaluate(float x, int channel) => x > 0 ? x : 0;

        public float Derivative(float x, float y) => x > 0 ? 1 : 0;
    }

    /// <summary>Leaky ReLU.</summary>
    public readonly struct LeakyRelu(float slope) : IPointwise
    {
        public float Evaluate(float x, int channel) => x > 0 ? x : slope * x;

        public float Derivative(float x, float y) => x > 0 ? 1 : slope;
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public readonly struct Sigmoid : IPointwise
    {
        public float Evaluate(float x, int channel) => 1 / (1 + MathF.Exp(-x));

        public float Derivative(float x, float y) => y * (1 - y);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public readonly struct Tanh : IPointwise
    {
        public float Evaluate(float x, int channel) => MathF.Tanh(x);

        public float Derivative(float x, float y) => 1 - (y * y);
    }

    /// <summary>A constant factor.</summary>
    public readonly struct Scale(float factor) : IPointwise
    {
        public float Evaluate(float x, int channel) => factor * x;

        public float Derivative(float x, float y) => factor;
    }

    /// <summary>A constant per channel, added.</summary>
    public readonly struct Shift(float[] offsets) : IPointwise
    {
        public float Evaluate(float x, int channel) => x + offsets[channel];

        public float Derivative(float x, float y) => 1;
    }
}
