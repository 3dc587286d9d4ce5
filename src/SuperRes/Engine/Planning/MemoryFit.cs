using System.Globalization;
using SuperRes.Engine.Compilation;

namespace SuperRes.Engine.Planning;

/// <summary>Finds a plan that keeps within a budget: thinner strips need less memory, and take a little longer.</summary>
/// <param name="network">The network to plan.</param>
/// <param name="threads">Threads of a run; each has scratch memory of its own.</param>
/// <param name="budget">Bytes that a run may take beside the images and the network's weights; null for what the machine has.</param>
internal sealed class MemoryFit(CompiledNetwork network, int threads, long? budget)
{
    /// <summary>Bytes that a run may take: no more than the machine, or the container, has at all.</summary>
    public long Budget { get; } = Math.Min(budget ?? long.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The plan with the thickest strips that fit.</summary>
    /// <param name="lower">A budget for this plan alone; counts where it is less than <see cref="Budget"/>.</param>
    /// <exception cref="InsufficientMemoryException">Even the thinnest don't.</exception>
    public ExecutionPlan Plan(int height, int width, long? lower = null)
    {
        var allowed = Math.Min(lower ?? long.MaxValue, Budget);
        var needed = ExecutionPlan.BookkeepingFor(network, height, width);
        if (needed <= allowed)
        {
            var plan = new ExecutionPlan(network, height, width);
            while ((needed = plan.BytesFor(threads)) > allowed && plan.StripRows > ExecutionPlan.LeastStripRows)
            {
                plan = new ExecutionPlan(network, height, width, plan.StripRows / 2);
            }

            if (needed <= allowed)
            {
                return plan;
            }
        }

        throw new InsufficientMemoryException(
            $"an input of {width}x{height} needs at least {Megabytes(needed)} MB of working memory, and {(allowed == lower || allowed == budget ? "the budget is" : "the machine has")} {Megabytes(allowed)} MB. "
            + "Allow more, or enlarge the image in parts.");
    }

    /// <summary>The least bytes that a run of this size takes; where the account of its rows alone is beyond the budget, no plan is made, and it is that.</summary>
    public long LeastBytes(int height, int width) => ExecutionPlan.BookkeepingFor(network, height, width) is var bookkeeping && bookkeeping > Budget
        ? bookkeeping
        : new ExecutionPlan(network, height, width, ExecutionPlan.LeastStripRows).BytesFor(threads);

    private static string Megabytes(long bytes) => Math.Ceiling(bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);
}
