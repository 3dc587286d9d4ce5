using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Models;

/// <summary>What a person means by MODEL: a network, what it is called, and what its file says where it has one.</summary>
internal sealed record NamedNetwork(string Name, string? Summary, NetworkOptions Options, ModelInfo? Info)
{
    private const string OptionsExtension = ".json";

    public static Argument<string> Argument()
    {
        var argument = new Argument<string>("MODEL") { HelpName = "MODEL", Description = $"A name from 'models list', a model file, or a {OptionsExtension} file of a network's options." };
        argument.CompletionSources.Add([.. NetworkCatalogue.Entries.Select(entry => entry.Name)]);
        return argument;
    }

    /// <exception cref="CommandException">There is none, or its file is faulty.</exception>
    public static NamedNetwork Find(string name)
    {
        RefuseClassical(name);
        try
        {
            if (name.EndsWith(OptionsExtension, StringComparison.OrdinalIgnoreCase))
            {
                return OfOptions(name);
            }

            var (options, info) = ModelLibrary.Default.Describe(name);

            // A file of a catalogue's name may hold another network.
            var summary = NetworkCatalogue.TryFind(name.ToLowerInvariant(), out var entry) && entry.Options == options ? entry.Summary : null;
            return new NamedNetwork(entry?.Name ?? info?.Name ?? Path.GetFileNameWithoutExtension(name), summary, options, info);
        }
        catch (ModelFileException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>The model that a name stands for; one with random weights where it has none.</summary>
    /// <exception cref="CommandException">There is none, or its file is faulty.</exception>
    public static Model LoadOrInitialize(string name)
    {
        var network = Find(name);
        if (network.Info is null)
        {
            return Model.Initialize(network.Options, seed: 0, network.Name);
        }

        try
        {
            return ModelLibrary.Default.Load(name);
        }
        catch (ModelFileException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <exception cref="CommandException">It is a method that has no network.</exception>
    public static void RefuseClassical(string name)
    {
        if (UpscalingMethods.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"'{name}' is a classical method without weights, and a network is expected here: a file, or a name from superres models list.");
        }
    }

    private static NamedNetwork OfOptions(string path)
    {
        try
        {
            var options = NetworkOptions.FromJson(File.ReadAllText(path));
            return options.Validate() is { Count: > 0 } faults
                ? throw CommandException.Usage($"'{path}': {string.Join("; ", faults)}.")
                : new NamedNetwork(Path.GetFileNameWithoutExtension(path), null, options, null);
        }
        catch (JsonException exception)
        {
            throw CommandException.Usage(JsonFault.Of(path, exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"'{path}': {exception.Message}", exception);
        }
    }
}
