using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace SuperRes.Evaluation;

/// <summary>Reads what <see cref="EvaluationEnvironment"/> holds off the running machine.</summary>
internal static class EnvironmentProbe
{
    public static EvaluationEnvironment Read() => new()
    {
        Processor = ProcessorName(),
        Processors = Environment.ProcessorCount,
        VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    /// <summary>The brand string of x86 processors, 48 bytes in three leaves (Intel SDM volume 2, CPUID 80000002h to 80000004h).</summary>
    private static string? ProcessorName()
    {
        const int FirstLeaf = unchecked((int)0x80000002);
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
        {
            return null;
        }

        Span<int> words = stackalloc int[12];
        for (var leaf = 0; leaf < 3; leaf++)
        {
            (words[leaf * 4], words[(leaf * 4) + 1], words[(leaf * 4) + 2], words[(leaf * 4) + 3]) = X86Base.CpuId(FirstLeaf + leaf, 0);
        }

        var name = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(words)).Trim('\0', ' ');
        return name.Length > 0 ? name : null;
    }
}
