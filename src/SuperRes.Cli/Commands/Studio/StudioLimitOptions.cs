using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Studio;

namespace SuperRes.Cli.Commands;

/// <summary>The options that bound what users of the page may ask for.</summary>
internal sealed class StudioLimitOptions
{
    private const int Million = 1_000_000;

    private static readonly StudioLimits Default = StudioLimits.Default;

    private readonly Option<long> _bytes = Bytes("--max-bytes", "Largest file that may be uploaded.", Default.Bytes);
    private readonly Option<int> _pixels = Count("--max-pixels", "Most megapixels of an uploaded image.", (int)(Default.Pixels / Million));
    private readonly Option<int> _resultPixels = Count("--max-result-pixels", "Most megapixels of a result.", (int)(Default.ResultPixels / Million));
    private readonly Option<int> _queue = Count("--queue", "Most jobs that wait.", Default.Queue);
    private readonly Option<int> _seconds = Count("--job-seconds", "Most seconds that a job runs.", (int)Default.JobTime.TotalSeconds);
    private readonly Option<long> _disk = Bytes("--disk", "Most that uploads and results take on the disk.", Default.DiskBytes);
    private readonly Option<int> _minutes = Count("--keep-minutes", "Minutes that an upload or result is kept that nobody asks for.", (int)Default.Kept.TotalMinutes);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_bytes, _pixels, _resultPixels, _queue, _seconds, _disk, _minutes])
        {
            command.Add(option);
        }
    }

    public StudioLimits Read(CommandContext context) => Default with
    {
        Bytes = context.Get(_bytes),
        Pixels = (long)context.Get(_pixels) * Million,
        ResultPixels = (long)context.Get(_resultPixels) * Million,
        Queue = context.Get(_queue),
        JobTime = TimeSpan.FromSeconds(context.Get(_seconds)),
        DiskBytes = context.Get(_disk),
        Kept = TimeSpan.FromMinutes(context.Get(_minutes)),
    };

    private static Option<int> Count(string name, string description, int otherwise)
    {
        var option = CommonOptions.AtLeast(name, 1);
        option.Description = description;
        option.DefaultValueFactory = _ => otherwise;
        return option;
    }

    private static Option<long> Bytes(string name, string description, long otherwise) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => ByteCount.TryParse(result.Tokens[0].Value, out var bytes) && bytes > 0
            ? bytes
            : CommonOptions.Fail<long>(result, $"'{result.Tokens[0].Value}' after {name} is no number of bytes. Give a number with a unit, such as 64MB or 2GB."),
    };
}
