using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>A function of one value that is applied where the value is made, before it goes to memory.</summary>
internal interface IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="parameter">The channel's parameter (a slope), where the function has one.</param>
    static abstract TSimd Apply(TSimd x, TSimd parameter);
}
