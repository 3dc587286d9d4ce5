using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>Chooses the code for an activation, and applies activations to values in memory.</summary>
internal static unsafe class Activation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Runs a kernel with the activation's code in it.</summary>
    public static void Select<TKernel>(ActivationKind kind, TKernel kernel)
        where TKernel : struct, IActivationKernel<TSimd>
    {
        switch (kind)
        {
            case ActivationKind.Identity:
                kernel.Run<Identity<TSimd>>();
                break;
            case ActivationKind.Rectifier:
                kernel.Run<Rectifier<TSimd>>();
                break;
            case ActivationKind.SlopedRectifier:
                kernel.Run<SlopedRectifier<TSimd>>();
                break;
            case ActivationKind.Sigmoid:
                kernel.Run<Logistic<TSimd>>();
                break;
            case ActivationKind.Tanh:
                kernel.Run<HyperbolicTangent<TSimd>>();
                break;
            case ActivationKind.Gelu:
                kernel.Run<GaussianErrorLinear<TSimd>>();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no kernel for it.");
        }
    }

    /// <summary>target = f(source * factors + offsets), element by element.</summary>
    /// <param name="count">Values; a multiple of the vector.</param>
    public static void Apply(ActivationKind kind, float* source, float* factors, float* offsets, float* parameters, float* target, int count) =>
        Select(kind, new AffineKernel(source, factors, offsets, parameters, target, count));

    /// <summary>values = f(values + offsets) for rows of values that have the offsets in common.</summary>
    /// <param name="columns">Values per row; a multiple of the vector.</param>
    public static void ApplyToRows(ActivationKind kind, float* values, int rows, float* offsets, float* parameters, int columns) =>
        Select(kind, new RowsKernel(values, rows, offsets, parameters, columns));

    private readonly struct RowsKernel(float* values, int rows, float* offsets, float* parameters, int columns)
        : IActivationKernel<TSimd>
    {
        public void Run<TActivation>()
            where TActivation : struct, IActivation<TSimd>
        {
            for (var i = 0; i < columns; i += TSimd.Count)
            {
                var (offset, parameter) = (TSimd.Load(offsets + i), TSimd.Load(parameters + i));
                var value = values + i;
                for (var row = 0; row < rows; row++, value += columns)
                {
                    TActivation.Apply(TSimd.Load(value) + offset, parameter).Store(value);
                }
            }
        }
    }

    private readonly struct AffineKernel(float* source, float* factors, float* offsets, float* parameters, float* target, int count)
        : IActivationKernel<TSimd>
    {
        public void Run<TActivation>()
            where TActivation : struct, IActivation<TSimd>
        {
            for (var i = 0; i < count; i += TSimd.Count)
            {
                var x = TSimd.MultiplyAdd(TSimd.Load(source + i), TSimd.Load(factors + i), TSimd.Load(offsets + i));
                TActivation.Apply(x, TSimd.Load(parameters + i)).Store(target + i);
            }
        }
    }
}
