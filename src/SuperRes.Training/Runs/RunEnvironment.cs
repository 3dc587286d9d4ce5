using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SuperRes.Training.Runs;

/// <summary>Finds out what a run is started with.</summary>
public static class RunEnvironment
{
    /// <summary>Version of the program.</summary>
    public static string CodeVersion { get; } =
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The manifest of a run that starts now.</summary>
    /// <param name="images">Paths of the training images; their contents are read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="inputs">SHA-256 of other files that the run reads, by path.</param>
    /// <param name="device">Where it is started.</param>
    /// <param name="lowResolution">Paths of the low-resolution images that are read and not made; their contents count too.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public static RunManifest Describe(
        IReadOnlyList<string> images,
        TimeProvider time,
        IReadOnlyDictionary<string, string>? inputs = null,
        string? device = null,
        IReadOnlyList<string>? lowResolution = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(time);
        return new RunManifest(
            time.GetUtcNow(),
            CodeVersion,
            HashOf([.. images, .. lowResolution ?? []], cancellationToken),
            [.. images.Select(path => Path.GetFileName(path))],
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {(int)Engine.Simd.SimdWidths.Default}-bit vectors",
            inputs is { Count: > 0 } ? inputs : null,
            device);
    }

    /// <summary>SHA-256 of everything that is read of training images, in hexadecimal.</summary>
    internal static string HashOf(Data.FolderTrainingImages images) => HashOf([.. images.Paths, .. images.LowResolutionPaths], CancellationToken.None);

    /// <summary>SHA-256 of images' names and contents, in hexadecimal.</summary>
    private static string HashOf(IReadOnlyList<string> images, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            using var stream = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
