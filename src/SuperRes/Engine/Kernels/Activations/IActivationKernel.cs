using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>Work that is compiled for each activation.</summary>
internal interface IActivationKernel<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    void Run<TActivation>()
        where TActivation : struct, IActivation<TSimd>;
}
