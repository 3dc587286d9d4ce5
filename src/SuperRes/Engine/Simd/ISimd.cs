namespace SuperRes.Engine.Simd;

/// <summary>
/// A vector of floats of one width. Kernels are written once over <typeparamref name="TSelf"/>; the JIT specialises them
/// for each width, and measured they run at the speed of code written for that width by hand.
/// </summary>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Floats in one vector.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// Vectors in one row of the register block of a matrix product (see <c>PanelGemm</c>): 6 rows of 4 fill 32 registers,
    /// 6 rows of 2 fill 16.
    /// </summary>
    static abstract int PanelVectors { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    /// <summary>x * y + addend, fused where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf addend);

    static abstract TSelf Max(TSelf x, TSelf y);

    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>e to the power of each element.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The sum of all elements.</summary>
    static abstract float Sum(TSelf x);

    /// <summary>The largest element.</summary>
    static abstract float Largest(TSelf x);

    static abstract TSelf operator +(TSelf x, TSelf y);

    static abstract TSelf operator -(TSelf x, TSelf y);

    static abstract TSelf operator *(TSelf x, TSelf y);

    static abstract TSelf operator /(TSelf x, TSelf y);

    void Store(float* target);
}
