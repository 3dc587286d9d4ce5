namespace SuperRes.Engine.Gradients;

/// <summary>
/// One operation of a training plan, fused with what follows it where that pays. Holds its maps; the plan decides in
/// which memory they lie. Steps run one after another, each on several threads.
/// </summary>
internal abstract class TrainingStep
{
    /// <summary>The gradient of the step's output; null until the plan has found that a loss depends on it.</summary>
    public BatchMap? OutputGradient { get; set; }

    /// <summary>Whether the output's rectifier was applied to <see cref="OutputGradient"/> by whoever wrote it.</summary>
    public bool OutputGradientMasked { get; set; }

    /// <summary>Where the gradients of the inputs go, in the inputs' order; null where none is wanted.</summary>
    public GradientTarget?[] InputGradients { get; set; } = [];

    /// <summary>
    /// Inputs whose gradient is the output's, unchanged (the terms of a sum): the plan passes the map on instead of
    /// asking the step for it.
    /// </summary>
    public virtual bool PassesGradient(int input) => false;

    /// <summary>Whether the backward pass can apply a rectifier's mask as it writes the gradient of an input.</summary>
    public virtual bool MasksGradient(int input) => false;

    /// <summary>Whether the backward pass reads the values of an input; where no step does, their memory serves others.</summary>
    public virtual bool ReadsInput(int input) => true;

    /// <summary>Whether the backward pass reads the values of the output.</summary>
    public virtual bool ReadsOutput => true;

    /// <summary>Whether the gradient of the first input may take the place of the output's, value by value.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>Floats of scratch memory that one worker needs.</summary>
    public virtual long ScratchLength => 0;

    /// <summary>Makes the output from the inputs.</summary>
    public abstract void Forward();

    /// <summary>Adds the parameters' gradients, if wanted, and makes those of the inputs.</summary>
    public abstract void Backward(bool parameters);
}
