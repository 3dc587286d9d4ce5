using System.Numerics;

namespace SuperRes.Engine.Gradients;

/// <summary>The pointwise functions of networks.</summary>
internal static class Pointwise
{
    /// <summary>max(x, 0), where it could not be fused.</summary>
    public readonly struct Relu : IPointwise
    {
        public float Evaluate(float x, int channel) => x > 0 ? x : 0;

        public float Derivative(float x, float y, int channel) => x > 0 ? 1 : 0;

        public static bool HasVectors => true;

        public Vector<float> Evaluate(Vector<float> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, Vector<float>.Zero);

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, Vector<float>.Zero);
    }

    /// <summary>Leaky ReLU.</summary>
    public readonly struct LeakyRelu(float slope) : IPointwise
    {
        public float Evaluate(float x, int channel) => x > 0 ? x : slope * x;

        public float Derivative(float x, float y, int channel) => x > 0 ? 1 : slope;

        public static bool HasVectors => true;

        public Vector<float> Evaluate(Vector<float> x) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, x * slope);

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One, new Vector<float>(slope));
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public readonly struct Sigmoid : IPointwise
    {
        public float Evaluate(float x, int channel) => 1 / (1 + MathF.Exp(-x));

        public float Derivative(float x, float y, int channel) => y * (1 - y);

        public static bool HasVectors => true;

        public Vector<float> Evaluate(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => y * (Vector<float>.One - y);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public readonly struct Tanh : IPointwise
    {
        public float Evaluate(float x, int channel) => MathF.Tanh(x);

        public float Derivative(float x, float y, int channel) => 1 - (y * y);

        public static bool HasVectors => false;

        public Vector<float> Evaluate(Vector<float> x) => throw new NotSupportedException();

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => throw new NotSupportedException();
    }

    /// <summary>A constant factor.</summary>
    public readonly struct Scale(float factor) : IPointwise
    {
        public float Evaluate(float x, int channel) => factor * x;

        public float Derivative(float x, float y, int channel) => factor;

        public static bool HasVectors => true;

        public Vector<float> Evaluate(Vector<float> x) => x * factor;

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => new Vector<float>(factor);
    }

    /// <summary>A constant per channel, added.</summary>
    public readonly struct Shift(float[] offsets) : IPointwise
    {
        public float Evaluate(float x, int channel) => x + offsets[channel];

        public float Derivative(float x, float y, int channel) => 1;

        public static bool HasVectors => false;

        public Vector<float> Evaluate(Vector<float> x) => throw new NotSupportedException();

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => throw new NotSupportedException();
    }

    /// <summary>A constant factor per channel.</summary>
    public readonly struct ChannelScale(float[] factors) : IPointwise
    {
        public float Evaluate(float x, int channel) => factors[channel] * x;

        public float Derivative(float x, float y, int channel) => factors[channel];

        public static bool HasVectors => false;

        public Vector<float> Evaluate(Vector<float> x) => throw new NotSupportedException();

        public Vector<float> Derivative(Vector<float> x, Vector<float> y) => throw new NotSupportedException();
    }

    /// <summary>
    /// x Phi(x), Phi being the standard normal distribution function; its derivative is Phi(x) + x phi(x). For positive x, Phi is
    /// 1 - erfc(x / sqrt 2) / 2 with erfc by Abramowitz and Stegun 7.1.26, a polynomial times exp(-x² / 2), within 1.5e-7.
    /// </summary>
    public readonly struct Gelu : IPointwise
    {
        private const float InverseRootOfTwo = 0.70710678f;
        private const float InverseRootOfTwoPi = 0.39894228f;

        public float Evaluate(float x, int channel) => x * Distribution(x, Power(x));

        public float Derivative(float x, float y, int channel)
        {
            var power = Power(x);
            return Distribution(x, power) + (x * InverseRootOfTwoPi * power);
        }

        public static bool HasVectors => true;

        public Vector<float> Evaluate(Vector<float> x) => x * Distribution(x, Power(x));

        public Vector<float> Derivative(Vector<float> x, Vector<float> y)
        {
            var power = Power(x);
            return Distribution(x, power) + (x * InverseRootOfTwoPi * power);
        }

        private static float Power(float x) => MathF.Exp(-0.5f * x * x);

        private static Vector<float> Power(Vector<float> x) => Vector.Exp(x * x * -0.5f);

        private static float Distribution(float x, float power)
        {
            var t = 1 / (1 + (0.3275911f * InverseRootOfTwo * MathF.Abs(x)));
            var polynomial = ((((((((1.061405429f * t) - 1.453152027f) * t) + 1.421413741f) * t) - 0.284496736f) * t) + 0.254829592f) * t;
            var tail = 0.5f * polynomial * power;
            return x > 0 ? 1 - tail : tail;
        }

        private static Vector<float> Distribution(Vector<float> x, Vector<float> power)
        {
            var t = Vector<float>.One / (Vector<float>.One + (Vector.Abs(x) * (0.3275911f * InverseRootOfTwo)));
            var polynomial = (t * 1.061405429f) - new Vector<float>(1.453152027f);
            polynomial = (polynomial * t) + new Vector<float>(1.421413741f);
            polynomial = (polynomial * t) - new Vector<float>(0.284496736f);
            polynomial = ((polynomial * t) + new Vector<float>(0.254829592f)) * t;
            var tail = polynomial * power * 0.5f;
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), Vector<float>.One - tail, tail);
        }
    }
}
