using System.Numerics;

namespace SuperRes.Engine.Gradients;

/// <summary>A function of one value and its derivative.</summary>
internal interface IPointwise
{
    /// <summary>f(x) in a channel.</summary>
    float Evaluate(float x, int channel);

    /// <summary>f'(x) in a channel, given x and y = f(x).</summary>
    float Derivative(float x, float y, int channel);

    /// <summary>Whether the function is the same in all channels and has the vector forms.</summary>
    static abstract bool HasVectors { get; }

    /// <summary>f(x) of each value.</summary>
    Vector<float> Evaluate(Vector<float> x);

    /// <summary>f'(x) of each value.</summary>
    Vector<float> Derivative(Vector<float> x, Vector<float> y);
}
