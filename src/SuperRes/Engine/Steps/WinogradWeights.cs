using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The transformed weights of a Winograd convolution, packed for <see cref="PanelGemm{TSimd}"/>, in groups of output channels that are computed together.</summary>
internal sealed unsafe class WinogradWeights<TSimd> : IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>A group's results take as much memory as its input; more channels than this are cut into groups.</summary>
    private const int GroupChannels = 64;

    private readonly NativeBuffer _matrices;
    private readonly NativeBuffer _bias;
    private readonly NativeBuffer _parameters;

    public WinogradWeights(FoldedConvolution convolution, ChannelLayout layout)
    {
        InputChannels = Packing.RoundUp(convolution.InputChannels);
        Groups = layout.IsPacked ? [new Group(0, layout.Columns, 0, 0)] : [.. layout.Runs.SelectMany(Split)];
        LargestGroup = Groups.Max(group => group.Channels);
        _matrices = new NativeBuffer((long)WinogradMath.Positions * InputChannels * layout.Columns);
        _bias = Packing.Vector(layout, o => convolution.Bias[o]);
        _parameters = Packing.Vector(layout, o => convolution.ActivationParameters?[o] ?? 0);
        foreach (var group in Groups)
        {
            Pack(group, convolution, layout);
        }

        Groups = Array.ConvertAll(Groups, group => group with { Zeros = FindZeros(group) });
    }

    /// <summary>K of the products: the input's channels with those that fill up.</summary>
    public int InputChannels { get; }

    public Group[] Groups { get; }

    public int LargestGroup { get; }

    public float* Bias(Group group) => _bias.Pointer + group.Column;

    public float* ActivationParameters(Group group) => _parameters.Pointer + group.Column;

    /// <summary>The matrix of one of the 64 positions: K x the group's channels, in panels.</summary>
    public float* Matrix(Group group, int position) =>
        _matrices.Pointer + ((nint)WinogradMath.Positions * InputChannels * group.Column) + ((nint)position * InputChannels * group.Channels);

    public void Dispose()
    {
        _matrices.Dispose();
        _bias.Dispose();
        _parameters.Dispose();
    }

    private static IEnumerable<Group> Split(ChannelLayout.Run run)
    {
        for (var first = 0; first < run.Length; first += GroupChannels)
        {
            yield return new Group(run.Column + first, Math.Min(GroupChannels, run.Length - first), run.Row, run.Offset + first);
        }
    }

    /// <summary>
    /// The positions whose matrix is zero. A kernel without its last row has none of point infinity, one without its first
    /// row none of point 0: of the 2x2 kernels that a transposed convolution falls into, 15 of the 64 products vanish.
    /// </summary>
    private ulong FindZeros(Group group)
    {
        var zeros = 0UL;
        for (var position = 0; position < WinogradMath.Positions; position++)
        {
            var matrix = new ReadOnlySpan<float>(Matrix(group, position), InputChannels * group.Channels);
            zeros |= matrix.ContainsAnyExcept(0f) ? 0 : 1UL << position;
        }

        return zeros;
    }

    /// <summary>Input channels are the outer loop within a panel of columns, so that what is written next lies in the same cache lines.</summary>
    private void Pack(Group group, FoldedConvolution convolution, ChannelLayout layout)
    {
        for (var panel = 0; panel < group.Channels; panel += PanelGemm<TSimd>.MaximalColumns)
        {
            var end = Math.Min(group.Channels, panel + PanelGemm<TSimd>.MaximalColumns);
            for (var k = 0; k < convolution.InputChannels; k++)
            {
                PackRow(group, convolution, layout, k, panel, end);
            }
        }
    }

    private void PackRow(Group group, FoldedConvolution convolution, ChannelLayout layout, int k, int start, int end)
    {
        Span<Vector256<double>> filters = stackalloc Vector256<double>[9];
        Span<Vector256<double>> transformed = stackalloc Vector256<double>[WinogradMath.Positions];
        var matrix = (nint)InputChannels * group.Channels;
        for (var column = start; column < end; column += Vector256<double>.Count)
        {
            Gather(convolution, layout, k, group.Column + column, filters);
            WinogradMath.TransformFilters(filters, transformed);
            var target = Matrix(group, 0) + Packing.PanelOffset(k, column, InputChannels, group.Channels, PanelGemm<TSimd>.MaximalColumns);
            foreach (var values in transformed)
            {
                Vector128.Narrow(values.GetLower(), values.GetUpper()).Store(target);
                target += matrix;
            }
        }
    }

    /// <summary>The filters of four columns side by side; zeros for columns that fill up.</summary>
    private static void Gather(FoldedConvolution convolution, ChannelLayout layout, int k, int column, Span<Vector256<double>> filters)
    {
        filters.Clear();
        var elements = MemoryMarshal.Cast<Vector256<double>, double>(filters);
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            var o = layout.Source(column + lane);
            if (o < 0)
            {
                continue;
            }

            var filter = convolution.Filter(o, k);
            for (var tap = 0; tap < filter.Length; tap++)
            {
                elements[(tap * Vector256<double>.Count) + lane] = filter[tap];
            }
        }
    }

    /// <summary>Output channels that are computed together.</summary>
    /// <param name="Column">The first column of the layout.</param>
    /// <param name="Channels">Number of columns, a multiple of 16.</param>
    /// <param name="Row">dy of the pixel shuffle.</param>
    /// <param name="Offset">Floats from pixel r x of that row to the first channel.</param>
    internal sealed record Group(int Column, int Channels, int Row, int Offset)
    {
        /// <summary>A bit for each position whose matrix is zero.</summary>
        public ulong Zeros { get; init; }

        public bool IsZero(int position) => (Zeros >> position & 1) != 0;
    }
}
