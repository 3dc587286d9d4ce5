namespace SuperRes.Engine.Gradients;

/// <summary>A function of one value and its derivative.</summary>
internal interface IPointwise
{
    /// <summary>f(x) in a channel.</summary>
    float Evaluate(float x, int channel);

    /// <summary>f'(x) in a channel, given x and y = f(x).</summary>
    float Derivative(float x, float y, int channel);
}
