using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;

namespace SuperRes.Training.Runs;

/// <summary>
/// A checkpoint as a safetensors file: <c>role/run/parameter</c>, with the step and a SHA-256 of all values in the
/// metadata, so that a file that was torn or changed is known as such.
/// </summary>
internal static class CheckpointFile
{
    private const string StepKey = "step";
    private const string SkippedKey = "skipped";
    private const string HashKey = "sha256";

    /// <summary>Writes a checkpoint; the file is whole or not there.</summary>
    /// <exception cref="ModelFileException">It can't be written: the disk is full, or the folder is gone.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        List<(string Name, Tensor Tensor, WeightPrecision Type)> tensors = [.. checkpoint.Networks.SelectMany(network => Runs(network.Value).SelectMany(run =>
            run.Values.Names.Select(name => ($"{network.Key}/{run.Name}/{name}", run.Values[name], WeightPrecision.Float32))))];
        var metadata = new Dictionary<string, string>
        {
            [StepKey] = checkpoint.Step.ToString(CultureInfo.InvariantCulture),
            [HashKey] = Hash(tensors.Select(tensor => (tensor.Name, tensor.Tensor))),
        };
        if (checkpoint.Skipped > 0)
        {
            metadata[SkippedKey] = checkpoint.Skipped.ToString(CultureInfo.InvariantCulture);
        }

        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, metadata));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="ModelFileException">It is torn, changed, or no checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        var file = SafetensorsReader.Read(path);
        if (!file.Header.Metadata.TryGetValue(HashKey, out var hash) || hash != Hash(file.Tensors.Select(pair => (pair.Key, pair.Value))))
        {
            throw new ModelFileException($"'{path}' was changed or is not whole: its values do not have the checksum that was written with them.");
        }

        if (!long.TryParse(file.Header.Metadata.GetValueOrDefault(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            throw new ModelFileException($"'{path}' is no checkpoint: it does not say its step.");
        }

        _ = long.TryParse(file.Header.Metadata.GetValueOrDefault(SkippedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var skipped);
        var networks = file.Tensors
            .Select(pair => (Parts: pair.Key.Split('/', 3), pair.Value))
            .GroupBy(tensor => tensor.Parts[0])
            .ToDictionary(role => role.Key, role => State(role.ToLookup(tensor => tensor.Parts[1], tensor => KeyValuePair.Create(tensor.Parts[2], tensor.Value))));
        return new Checkpoint(step, networks, skipped);
    }

    private static (string Name, Weights Values)[] Runs(NetworkState state) =>
        [("weights", state.Weights), ("average", state.Average), ("m", state.FirstMoment), ("v", state.SecondMoment)];

    private static NetworkState State(ILookup<string, KeyValuePair<string, Tensor>> runs) =>
        new(new Weights(runs["weights"]), new Weights(runs["average"]), new Weights(runs["m"]), new Weights(runs["v"]));

    private static string Hash(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
