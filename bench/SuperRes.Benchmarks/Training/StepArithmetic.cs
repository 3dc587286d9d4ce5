using System.Diagnostics;
using System.Runtime.Intrinsics;
using SuperRes.Engine.Gradients;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Benchmarks.Training;

/// <summary>
/// The least time a step's products can take: three passes over every convolution and linear layer (values, input gradients,
/// weight gradients; the first layer has no input gradient) and over attention's two products of matrices, without computing
/// its weights again; a fifth of the products where F(6x6, 3x3) serves and a third of a transposed convolution's, at the rate
/// of fused multiply-adds that this machine reaches with operands in registers. A shuffled convolution and the one to few
/// channels behind it are one to the second one's nine shares per pixel.
/// </summary>
internal static class StepArithmetic
{
    /// <summary>36 results of 9 products each, by 64 products.</summary>
    private const double WinogradSaving = 36 * 9 / 64.0;

    /// <summary>36 pixels of an input make 36 results of 4 products in each of four phases, by 49 products that are not zero.</summary>
    private const double TransposedSaving = 36 * 4 / 49.0;

    /// <summary>Products of one step, after Winograd.</summary>
    public static double Products(StepCase step)
    {
        var graph = step.BuildGraph();
        var shapes = graph.InferShapes(step.Patch, step.Patch);
        var fusion = new TrainingFusion(graph);
        double sum = 0;
        foreach (var node in graph.Nodes.Where(node => !fusion.IsFused(node)))
        {
            var (input, output) = (node.Inputs.Count == 0 ? default : shapes[node.Inputs[0].Index], shapes[node.Index]);
            var passes = node.Inputs.Count > 0 && node.Inputs[0].Operation is Input or MeanShift or BicubicUpsample ? 2 : 3;
            sum += passes * (node.Operation switch
            {
                Conv2d op when fusion.Of(node).Tail is { } tail => 9.0 * shapes[tail.Index].Count * op.Weight.Count / op.OutputChannels / WinogradSaving,
                Conv2d op => (double)output.Positions * op.Weight.Count / (IsWinograd(op) ? WinogradSaving : 1),
                ConvTranspose2d op => (double)input.Positions * op.Weight.Count / (IsWinograd(op) ? TransposedSaving : 1),
                Linear op => (double)output.Positions * op.Weight.Count,
                SelfAttention => 2.0 * output.Positions * output.Count,
                _ => 0,
            });
        }

        return sum * StepCase.Batch;
    }

    /// <summary>Multiply-adds per second of all threads together: 16 independent chains of the widest vectors each.</summary>
    public static double MeasurePeak(int threads)
    {
        var best = 0.0;
        for (var trial = 0; trial < 3; trial++)
        {
            const int Rounds = 20_000_000;
            var start = Stopwatch.GetTimestamp();
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Sink = Vector512.IsHardwareAccelerated ? Chains512(Rounds) : Chains256(Rounds)))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            var lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
            best = Math.Max(best, (double)threads * Rounds * 8 * lanes / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static float Sink { get; set; }

    private static bool IsWinograd(Conv2d convolution) =>
        convolution is { KernelHeight: 3, KernelWidth: 3, Stride: 1 } && convolution.InputChannels % 16 == 0 && convolution.OutputChannels % 16 == 0;

    private static bool IsWinograd(ConvTranspose2d convolution) =>
        convolution is { KernelHeight: 4, KernelWidth: 4, Stride: 2 } && convolution.InputChannels % 16 == 0 && convolution.OutputChannels % 16 == 0;

    private static float Chains512(int rounds)
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (a, b, c, d, e, f, g, h) = (y, y, y, y, y, y, y, y);
        for (var i = 0; i < rounds; i++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    private static float Chains256(int rounds)
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        var (a, b, c, d, e, f, g, h) = (y, y, y, y, y, y, y, y);
        for (var i = 0; i < rounds; i++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }
}
