using System.Security.Cryptography;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data;

/// <summary>SHA-256 of an image's pixels, by which the same picture is known in another file format.</summary>
internal static class PixelHash
{
    /// <summary>The hash of size, kind and samples, in hexadecimal.</summary>
    public static string Of(ImageBuffer image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([.. new[] { image.Width, image.Height, (int)image.Color, (int)image.SampleType }.SelectMany(BitConverter.GetBytes)]);
        for (var y = 0; y < image.Height; y++)
        {
            hash.AppendData(image.RowBytes(y));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
