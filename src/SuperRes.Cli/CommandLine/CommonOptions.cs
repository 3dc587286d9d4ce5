using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SuperRes.Upscaling;

namespace SuperRes.Cli.CommandLine;

/// <summary>Options that mean the same wherever they appear.</summary>
internal static class CommonOptions
{
    public const string JsonName = "--json";

    /// <summary>More than machines have; every one of them takes memory.</summary>
    private const int MostThreads = 1024;

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show details, and stack traces of errors.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Only errors on stderr.",
        Recursive = true,
    };

    /// <summary>One JSON document on stdout in place of text; commands that have a result to print add it.</summary>
    public static Option<bool> Json() => new(JsonName) { Description = "Print the result as one JSON document." };

    /// <summary><c>-m</c>: one method.</summary>
    public static Option<string?> Model()
    {
        var option = new Option<string?>("--model", "-m")
        {
            Description = $"{string.Join(", ", UpscalingMethods.Names)}, a name from superres models list, or a weights file. Without it, the default for the scale.",
            HelpName = "MODEL",
        };
        option.CompletionSources.Add([.. UpscalingMethods.Names]);
        return option;
    }

    /// <summary><c>-s</c>: any factor, written 4, x4, 4x or 1.5.</summary>
    public static Option<double?> Scale() => new("--scale", "-s")
    {
        Description = "How many times larger, also fractional. Without it the model's own scale, or 4.",
        HelpName = "SCALE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            return double.TryParse(text.Trim('x', 'X'), NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale > 0 && double.IsFinite(scale)
                ? scale
                : Fail<double?>(result, $"'{text}' is no scale. Give a number above 0, such as 4 or 1.5.");
        },
    };

    /// <summary>A whole number with a lower bound.</summary>
    public static Option<int> AtLeast(string name, int least, params string[] aliases) => Whole(name, least, int.MaxValue, aliases);

    /// <summary>A quality as JPEG counts it, 1 to 100.</summary>
    public static Option<int?> Quality(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "QUALITY",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100
            ? quality
            : Fail<int?>(result, $"'{result.Tokens[0].Value}' after {name} is no whole number from 1 to 100."),
    };

    public static Option<int> Threads()
    {
        var option = Whole("--threads", 0, MostThreads);
        option.Description = "Threads that the work may use; 0 takes every core.";
        return option;
    }

    public static Option<bool> SelfEnsemble() => new("--ensemble")
    {
        Description = "Average over the eight flips and quarter turns: 8 times the work, a little better with networks.",
    };

    /// <summary>A number of bytes, written with a unit.</summary>
    public static Option<long?> Memory(string description) => new("--memory")
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => ByteCount.TryParse(result.Tokens[0].Value, out var bytes)
            ? bytes
            : Fail<long?>(result, $"'{result.Tokens[0].Value}' is no amount of memory. Give a number with a unit, such as 800MB or 2GB."),
    };

    /// <param name="more">Devices beyond those that every command knows.</param>
    public static Option<string> Device(params string[] more)
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to run: auto, cpu, cuda or cuda:N.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "auto",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                return text is "auto" or "cpu" or "cuda" || more.Contains(text) || (text.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(text[5..], out _))
                    ? text
                    : Fail<string>(result, $"'{text}' is no device. Known: auto, cpu, cuda, cuda:0, cuda:1 and so on.");
            },
        };
        option.CompletionSources.Add(["auto", "cpu", "cuda", .. more]);
        return option;
    }

    private static Option<int> Whole(string name, int least, int most, params string[] aliases) => new(name, aliases)
    {
        HelpName = "N",
        DefaultValueFactory = _ => least,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : Fail<int>(result, $"'{text}' after {name} is no whole number of at least {least}{(most < int.MaxValue ? $" and at most {most}" : "")}.");
        },
    };

    /// <summary>Records a usage error from a parser.</summary>
    public static T Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }
}
