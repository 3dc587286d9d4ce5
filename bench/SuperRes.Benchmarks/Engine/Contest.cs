using System.Diagnostics;

namespace SuperRes.Benchmarks.Engine;

/// <summary>Times contestants in turns, A B A B, so that whatever else the machine does meets all of them alike.</summary>
internal static class Contest
{
    /// <summary>ONNX Runtime's threads spin for a while after a run; the next contestant is not to pay for it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

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

        return [.. walls.Zip(processor, (wall, cpu) => new Timing(Median(wall), Median(cpu), wall.Min()))];
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return (values[values.Count / 2] + values[(values.Count - 1) / 2]) / 2;
    }

    /// <summary>Milliseconds: medians of wall and processor time, and the least wall time.</summary>
    internal readonly record struct Timing(double Wall, double Processor, double Least);
}
