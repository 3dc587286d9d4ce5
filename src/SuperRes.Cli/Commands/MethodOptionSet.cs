using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands;

/// <summary>The options that say what a method may use of the machine: the same for every command that runs one.</summary>
/// <param name="memory">What <c>--memory</c> bounds.</param>
internal sealed class MethodOptionSet(string memory)
{
    /// <summary>For commands that hold images whole.</summary>
    public const string OfNetworks = "How much a network may take to work in, such as 800MB or 2GB; images come on top. Without it, what the machine has.";

    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<int> _tile = Tile();
    private readonly Option<long?> _memory = CommonOptions.Memory(memory);
    private readonly Option<string> _device = CommonOptions.Device();

    public void AddTo(Command command)
    {
        command.Add(_threads);
        command.Add(_tile);
        command.Add(_memory);
        command.Add(_device);
    }

    /// <exception cref="CommandException">A device is asked for that methods do not run on, or more memory than there is.</exception>
    public MethodOptions Read(CommandContext context)
    {
        var device = context.Get(_device)!;
        if (device.StartsWith("cuda", StringComparison.Ordinal))
        {
            throw CommandException.CannotRunHere($"'{device}' was asked for, and this build upscales on the CPU only. Leave --device out, or say --device cpu.");
        }

        var budget = context.Get(_memory);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (budget > available)
        {
            throw CommandException.CannotRunHere(
                $"--memory allows {ByteCount.Format(budget.Value)}, and this machine has {ByteCount.Format(available)}. Allow less, or leave --memory out.");
        }

        return new MethodOptions
        {
            Threads = context.Get(_threads),
            TileSize = context.Get(_tile),
            MemoryBudget = budget,
        };
    }

    private static Option<int> Tile()
    {
        var option = CommonOptions.AtLeast("--tile", 0, "-t");
        option.Description = "Side in input pixels of tiles for a network to work through: bounds the memory of CBAM, which then pools per tile. 0 for none.";
        return option;
    }
}
