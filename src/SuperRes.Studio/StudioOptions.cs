using System.Net;
using SuperRes.ModelFiles;

namespace SuperRes.Studio;

/// <summary>How a server runs.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is used where none is asked for.</summary>
    public const int DefaultPort = 5217;

    /// <summary>The TCP port; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The address to listen on. Anything but loopback needs a <see cref="Token"/>.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>What a client has to know; null only on loopback.</summary>
    public string? Token { get; init; }

    /// <summary>What users may ask for.</summary>
    public StudioLimits Limits { get; init; } = StudioLimits.Default;

    /// <summary>Where trained networks are found, beside the classical methods.</summary>
    public ModelLibrary Models { get; init; } = ModelLibrary.Default;

    /// <summary>Files of further networks.</summary>
    public IReadOnlyList<string> ModelFiles { get; init; } = [];

    /// <summary>Where blind tests are kept; null for a folder that is removed with the server.</summary>
    public string? DataFolder { get; init; }

    /// <summary>A folder of folders of results (a subfolder for each method) that blind tests can be made of; null for none.</summary>
    public string? StudiesFolder { get; init; }

    /// <summary>The folder of training runs and reports to show; null to show none.</summary>
    public string? RunsFolder { get; init; }

    /// <summary>Threads that a network may use; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>The clock that expiry and the studies go by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Every fault in these options, each one sentence; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Limits.Validate());
        if (Port is < 0 or > 65535)
        {
            faults.Add($"Port {Port} does not exist; ports go from 0 (any free one) to 65535.");
        }

        if (!IPAddress.IsLoopback(Listen) && Token is null)
        {
            faults.Add($"{Listen} can be reached from other machines, so a token is needed.");
        }

        if (Token is { Length: < 16 })
        {
            faults.Add($"The token has {Token.Length} characters; fewer than 16 can be guessed.");
        }

        return faults;
    }
}
