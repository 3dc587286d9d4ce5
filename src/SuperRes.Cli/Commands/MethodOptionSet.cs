using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands;

/// <summary>The options that say what a method may use of the machine: the same for every command that runs one.</summary>
internal sealed class MethodOptionSet
{
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<int> _tile = CommonOptions.AtLeast("--tile", 0, "-t");
    private readonly Option<long?> _memory = CommonOptions.Memory();
    private readonly Option<string> _device = CommonOptions.Device();

    public MethodOptionSet() => _tile.Description = "Side in input pixels of tiles for a network to work through: bounds the memory of CBAM, which then pools per tile. 0 for none.";

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

        var memory = context.Get(_memory);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (memory > available)
        {
            throw CommandException.CannotRunHere(
                $"--memory allows {ByteCount.Format(memory.Value)}, and this machine has {ByteCount.Format(available)}. Allow less, or leave --memory out.");
        }

        return new MethodOptions
        {
            Threads = context.Get(_threads),
            TileSize = context.Get(_tile),
            MemoryBudget = memory,
        };
    }
}
