using SuperRes.Networks.Operations;

namespace SuperRes.Networks.Analysis;

/// <summary>
/// Follows the graph backwards from the output pixels that lie on one input pixel and notes, per node, the interval of
/// rows (or columns) that they are computed from. On an endless image, so borders play no part.
/// </summary>
internal static class ReceptiveFieldFinder
{
    public static ReceptiveField Find(Graph graph)
    {
        var alignment = graph.Nodes.Aggregate(1, (product, node) => product * Stride(node.Operation));
        var (top, bottom) = Reach(graph, alignment, vertical: true);
        var (left, right) = Reach(graph, alignment, vertical: false);
        return new ReceptiveField(top, bottom, left, right, alignment);
    }

    private static int Stride(Operation operation) => operation switch
    {
        Conv2d conv => conv.Stride,
        MaxPool2d pool => pool.Kernel,
        _ => 1,
    };

    /// <summary>How far before and after it an input pixel's outputs reach, over all positions that strides tell apart.</summary>
    private static (int Before, int After) Reach(Graph graph, int alignment, bool vertical)
    {
        var (input, output) = (Size(graph.Input.ReferenceShape, vertical), Size(graph.Output.ReferenceShape, vertical));
        var (before, after) = (0, 0);
        for (var pixel = 0; pixel < alignment; pixel++)
        {
            var outputs = new Interval(FloorDivide(pixel * output, input), FloorDivide(((pixel + 1) * output) - 1, input));
            if (ReadFromInput(graph, outputs, vertical) is { } read)
            {
                (before, after) = (Math.Max(before, pixel - read.First), Math.Max(after, read.Last - pixel));
            }
        }

        return (before, after);
    }

    private static int Size(FeatureShape shape, bool vertical) => vertical ? shape.Height : shape.Width;

    private static Interval? ReadFromInput(Graph graph, Interval outputs, bool vertical)
    {
        var needed = new Interval?[graph.Nodes.Count];
        needed[graph.Output.Index] = outputs;
        for (var i = graph.Output.Index; i > 0; i--)
        {
            if (needed[i] is { } interval && Before(graph.Nodes[i].Operation, interval, vertical) is { } read)
            {
                foreach (var from in graph.Nodes[i].Inputs)
                {
                    needed[from.Index] = needed[from.Index] is { } other ? other.Hull(read) : read;
                }
            }
        }

        return needed[0];
    }

    /// <summary>What an operation reads for an interval of its result; null for operations that see the whole image, whose reach has no number.</summary>
    private static Interval? Before(Operation operation, Interval result, bool vertical)
    {
        switch (operation)
        {
            case Conv2d conv:
                var kernel = vertical ? conv.KernelHeight : conv.KernelWidth;
                return new((result.First * conv.Stride) - conv.Padding, (result.Last * conv.Stride) - conv.Padding + kernel - 1);
            case ConvTranspose2d conv:
                // Result r is reached by inputs i with 0 <= r + padding - i * stride < kernel.
                var reach = (vertical ? conv.KernelHeight : conv.KernelWidth) - 1;
                return new(-FloorDivide(reach - result.First - conv.Padding, conv.Stride), FloorDivide(result.Last + conv.Padding, conv.Stride));
            case MaxPool2d pool:
                return new(result.First * pool.Kernel, (result.Last * pool.Kernel) + pool.Kernel - 1);
            case PixelShuffle shuffle:
                return new(FloorDivide(result.First, shuffle.Factor), FloorDivide(result.Last, shuffle.Factor));
            case BicubicUpsample bicubic:
                return BeforeBicubic(result, bicubic.Factor);
            case GlobalPool or Flatten:
                return null;
            default:
                return result;
        }
    }

    /// <summary>
    /// Result r lies at (r + 1/2) / f - 1/2 = (2 r + 1 - f) / 2f and reads from one pixel before its floor to two after;
    /// a result on a pixel's centre reads that one only. Of several results, one lies off the centres.
    /// </summary>
    private static Interval BeforeBicubic(Interval result, int factor)
    {
        var (first, last) = ((2 * result.First) + 1 - factor, (2 * result.Last) + 1 - factor);
        var (top, bottom) = (FloorDivide(first, 2 * factor), FloorDivide(last, 2 * factor));
        if (first == last && first % (2 * factor) == 0)
        {
            return new(top, top);
        }

        return new(top - 1, last % (2 * factor) == 0 ? bottom + 1 : bottom + 2);
    }

    private static int FloorDivide(int dividend, int divisor) => (int)Math.Floor((double)dividend / divisor);

    private readonly record struct Interval(int First, int Last)
    {
        public Interval Hull(Interval other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));
    }
}
