using System.Globalization;
using System.Runtime.Intrinsics;

namespace SuperRes.Engine.Simd;

/// <summary>The vector width that kernels use.</summary>
internal enum SimdWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>Chooses the vector width.</summary>
internal static class SimdWidths
{
    /// <summary>Forces a width (128, 256 or 512), for tests and comparisons; every width runs everywhere, if slowly.</summary>
    public const string EnvironmentVariable = "SUPERRES_SIMD";

    /// <summary>The widest that this processor runs at full speed.</summary>
    public static SimdWidth Widest =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Bits512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Bits256
        : SimdWidth.Bits128;

    /// <summary><see cref="Widest"/> unless <see cref="EnvironmentVariable"/> names another.</summary>
    /// <exception cref="InvalidOperationException">The variable has a value that is no width.</exception>
    public static SimdWidth Default { get; } = FromEnvironment();

    private static SimdWidth FromEnvironment()
    {
        var value = Environment.GetEnvironmentVariable(EnvironmentVariable);
        return string.IsNullOrEmpty(value) ? Widest
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && Enum.IsDefined((SimdWidth)bits) ? (SimdWidth)bits
            : throw new InvalidOperationException($"{EnvironmentVariable} is '{value}', expected 128, 256 or 512.");
    }
}
