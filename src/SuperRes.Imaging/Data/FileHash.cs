using System.Buffers;
using System.Security.Cryptography;

namespace SuperRes.Imaging.Data;

/// <summary>SHA-256 of files, as 64 lower-case hexadecimal digits.</summary>
internal static class FileHash
{
    private const int BlockBytes = 1 << 20;

    public static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Hashes from the stream's position to its end.</summary>
    /// <param name="stream">Read, not disposed.</param>
    /// <param name="progress">Told the bytes hashed so far.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static async Task<string> Sha256Async(Stream stream, Action<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            long done = 0;
            int read;
            while ((read = await stream.ReadAsync(block.AsMemory(0, BlockBytes), cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(block, 0, read);
                progress(done += read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
