using System.Diagnostics;

namespace SuperRes.Benchmarks.Engine;

/// <summary>Times contestants in turns, A B A B, so that whatever else the machine does meets all of them alike.</summary>
internal static class Contest
{
    /// <summary>ONNX Runtime's threads spin for a while after a run; the next contestant is not to pay for it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <param name="rounds">Turns of each; one more before them is not counted.</param>
    public static Timing[] Run(int rounds, params Action[] contestants)
    {
        var walls = contestants.Select(_ => new List<double>()).ToArray();
        var processor = contestants.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                Thread.Sleep(Rest);
                var (cpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                contestants[i]();
                var (wall, used) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - cpu);
                if (round > 0)
                {
                    walls[i].Add(wall.TotalMilliseconds);
                    processor[i].Add(used.TotalMilliseconds);
                }
            }
        }

        return [.. walls.Zip(processor, (wall, cpu) => new Timing(wall, cpu))];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    /// <summary>Milliseconds of each turn.</summary>
    internal sealed record Timing(IReadOnlyList<double> Walls, IReadOnlyList<double> Processors)
    {
        public double Wall => Median(Walls);

        public double Least => Walls.Min();

        public double Processor => Median(Processors);

        /// <summary>The median of this time over another's in the same round: what slows the machine for seconds meets both.</summary>
        public double WallRatio(Timing other) => Median(Walls.Zip(other.Walls, (x, y) => x / y));

        /// <inheritdoc cref="WallRatio"/>
        public double ProcessorRatio(Timing other) => Median(Processors.Zip(other.Processors, (x, y) => x / y));
    }
}
