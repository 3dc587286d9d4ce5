using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Training;
using SuperRes.Training.Cpu;
#if TORCH
using SuperRes.Torch;
using SuperRes.Torch.Loading;
#endif

namespace SuperRes.Cli.Commands.Training;

/// <summary>The options that say where a network is trained. All but the processor needs a build with SuperRes.Torch.</summary>
internal sealed class DeviceOptionSet
{
    private const string Cpu = "cpu";
    private const string TorchCpu = "torch-cpu";
    private const string Default = "tf32";
    private const string Float32 = "float32";
    private static readonly string[] Precisions = [Float32, Default, "bf16"];

    private readonly Option<string> _device = CommonOptions.Device(TorchCpu);

    private readonly Option<string?> _libtorch = new("--libtorch")
    {
        Description = "Folder of an installed libtorch, such as torch/lib of PyTorch 2.10 or 2.11; also by SUPERRES_LIBTORCH.",
        HelpName = "DIR",
    };

    private readonly Option<string> _precision = new("--precision")
    {
        Description = "How CUDA multiplies: float32, tf32 or bf16.",
        HelpName = "TYPE",
        DefaultValueFactory = _ => Default,
        CustomParser = result => Precisions.Contains(result.Tokens[0].Value)
            ? result.Tokens[0].Value
            : CommonOptions.Fail<string>(result, $"'{result.Tokens[0].Value}' is no precision. Known: {string.Join(", ", Precisions)}."),
    };

    public DeviceOptionSet() => _precision.CompletionSources.Add(Precisions);

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_libtorch);
        command.Add(_precision);
    }

    /// <summary>The options as they were typed, to be given again.</summary>
    public IEnumerable<string> Given(CommandContext context) =>
        from given in new (Option Option, string? Value)[] { (_device, context.Get(_device)), (_libtorch, context.Get(_libtorch)), (_precision, context.Get(_precision)) }
        where context.IsGiven(given.Option)
        from word in new[] { given.Option.Name, given.Value! }
        select word;

    /// <exception cref="CommandException">The device is not there, or this build can't use it.</exception>
    public ITrainingDevice Open(CommandContext context, int threads)
    {
        var device = context.Get(_device)!;
        if (device == Cpu && context.Get(_precision) != Default)
        {
            throw CommandException.Usage($"--precision {context.Get(_precision)} is for --device cuda; on the processor everything is float32.");
        }

        ITrainingDevice opened = device == Cpu ? new CpuDevice(threads) : OpenTorch(context, device, threads);
        return opened is CpuDevice && context.IsGiven(_precision) && context.Get(_precision) != Float32
            ? throw CommandException.CannotRunHere($"--precision {context.Get(_precision)} is for a graphics card, and none can be used here. Leave it out to train on the processor, in float32.")
            : opened;
    }

#if TORCH
    private ITrainingDevice OpenTorch(CommandContext context, string device, int threads)
    {
        if (context.Get(_libtorch) is { } folder)
        {
            LibTorch.Folder = folder;
        }

        var precision = context.Get(_precision);
        var options = new TorchOptions(TensorFloat32: precision != Float32, Bfloat16: precision == "bf16", Threads: threads);
        try
        {
            return device == "auto" ? TorchTrainingDevice.TryOpenCuda(options) ?? (ITrainingDevice)new CpuDevice(threads) : new TorchTrainingDevice(TorchDevice.Parse(device), options);
        }
        catch (TorchUnavailableException exception)
        {
            throw CommandException.CannotRunHere(exception.Message, exception);
        }
    }
#else
    private CpuDevice OpenTorch(CommandContext context, string device, int threads)
    {
        var asked = context.Get(_libtorch) is null ? $"--device {device}" : "--libtorch";
        return device == "auto" && context.Get(_libtorch) is null
            ? new CpuDevice(threads)
            : throw CommandException.CannotRunHere($"{asked} was asked for, and this build trains on the processor only. Build the command with -p:Torch=cuda, cpu or installed, or say --device cpu.");
    }
#endif
}
