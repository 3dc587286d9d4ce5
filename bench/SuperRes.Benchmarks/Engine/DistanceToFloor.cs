using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SuperRes.Engine;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Benchmarks.Engine;

/// <summary>
/// The engine in turns with a loop that does nothing but as many multiply-adds, in registers: the least time in which this
/// processor could do the network's products.
/// </summary>
internal static class DistanceToFloor
{
    private const int Threads = 2;
    private const int Accumulators = 12;

    // Winograd's F(6x6, 3x3) takes 64 / 36 products per pixel and pair of channels, a k x k convolution k * k.
    private static readonly (string Model, int Width, int Height, double PerPixel)[] Cases =
    [
        // The head, 33 convolutions of 64 channels, one to 256, and for each of 4 phases of 4 enlarged pixels 16 taps to RGB.
        ("edsr-x4", 320, 180, (27 * 64) + (33 * 64.0 / 36 * 64 * 64) + (64.0 / 36 * 64 * 256) + (4 * 4 * 16 * 64 * 3)),
        // 5x5 to 64 channels, 3x3 to 32 and 3x3 to 48.
        ("espcn-x4", 960, 540, (75 * 64) + (64.0 / 36 * 64 * 32) + (64.0 / 36 * 32 * 48)),
    ];

    public static void Print()
    {
        Console.WriteLine("| 2 threads | products per pixel | GFLOP/s of the loop | time to the loop's |\n|---|---|---|---|");
        foreach (var (name, width, height, perPixel) in Cases)
        {
            var model = Model.Initialize(NetworkCatalogue.Find(name).Options, seed: 1);
            var (image, result) = (FloatPixels.Noise(height, width), new FloatPixels(model.Options.Scale * height, model.Options.Scale * width));
            using var engine = new NetworkEngine(model.Graph, model.Weights, Threads);
            var products = perPixel * width * height;
            var times = Contest.Run(rounds: 15, () => Multiply(products), () => engine.Run(height, width, image, result));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} {width}x{height} | {perPixel:0} | {2 * products / times[0].Wall / 1e6:0} | {times[1].WallRatio(times[0]):0.00} |"));
        }
    }

    private static void Multiply(double products)
    {
        var steps = (long)(products / Threads / Accumulators / Vector256<float>.Count);
        Parallel.For(0, Threads, _ => Consume(Multiply(steps)));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Multiply(long steps)
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (var step = 0L; step < steps; step++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        return a + b + c + d + e + f + g + h + i + j + k + l;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Consume(Vector256<float> value) => _ = value;
}
