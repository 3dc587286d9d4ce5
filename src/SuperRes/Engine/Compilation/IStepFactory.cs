using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Compilation;

/// <summary>Makes the steps of one vector width.</summary>
internal interface IStepFactory
{
    /// <summary>The step for a convolution, by the kernel that suits its shape.</summary>
    /// <param name="inputs">The map to convolve, and the residual's if there is one.</param>
    Step Convolution(FoldedConvolution convolution, string name, IReadOnlyList<int> inputs, int output);

    Step Add(string name, int x, int y, int output);
}
