using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests;

/// <summary>
/// Reads randomly damaged files: an image or one clear line must come of each, never a crash. Set
/// <c>SUPERRES_MUTATIONS</c> for more than the usual number of them.
/// </summary>
public sealed class MutationTests
{
    private const int DefaultCount = 6000;
    private const int FirstSeed = 20220;

    [Fact]
    public void Read_MutatedFiles_GivesAnImageOrOneClearLine()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SUPERRES_MUTATIONS"), out var wanted) ? wanted : DefaultCount;
        var files = SampleFiles.All().ToList();
        var limits = new ImageReadLimits { MaxPixels = 1 << 18 };
        for (var seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            var random = new Random(seed);
            var (name, bytes) = files[seed % files.Count];
            var mutated = Mutate(bytes, random);
            try
            {
                var loaded = ImageFile.Read(new MemoryStream(mutated), limits);
                Assert.True(loaded.Pixels.Width > 0 && loaded.Pixels.Height > 0);
            }
            catch (ImageFileException error)
            {
                Assert.False(error.Message.Contains('\n', StringComparison.Ordinal) || error.Message.Length > 400, $"seed {seed}, {name}: {error.Message}");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, {name}: {error}");
            }
        }
    }

    [Fact]
    public void Write_WithMutatedMetadata_GivesAFileOrOneClearLine()
    {
        var pixels = TestImages.Noise(5, 4, Pixels.ColorModel.Rgb, Pixels.SampleType.UInt8, seed: 1);
        byte[] exif = new TiffFile().Ascii(271, "Acme").Short(274, 6)
            .Child(34665, new TiffFile().Short(40962, 5).Undefined(37500, new byte[50])).Build();
        ImageFormat[] formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp, ImageFormat.Tiff, ImageFormat.Gif];
        for (var seed = FirstSeed; seed < FirstSeed + 1000; seed++)
        {
            var random = new Random(seed);
            var metadata = new ImageMetadata
            {
                Exif = Mutate(exif, random),
                IccProfile = Mutate(IccProfile.DisplayP3(), random),
                Xmp = Mutate([.. "<x:xmpmeta tiff:Orientation='6'/>"u8], random),
                Iptc = Mutate([0x1C, 2, 25, 0, 1, 65], random),
            };
            var format = formats[seed % formats.Length];
            try
            {
                using var stream = new MemoryStream();
                ImageFile.Write(stream, pixels, metadata, new ImageWriteOptions { Format = format });
                stream.Position = 0;
                var back = ImageFile.Read(stream).Pixels;
                Assert.Equal(20, back.Width * back.Height); // a damaged orientation may turn it
            }
            catch (ImageFileException error)
            {
                Assert.False(error.Message.Contains('\n', StringComparison.Ordinal), $"seed {seed}, {format}: {error.Message}");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, {format}: {error}");
            }
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var change = random.Next(1, 6); change > 0 && mutated.Count > 1; change--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(7))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1: // headers are where damage hurts
                    mutated[random.Next(Math.Min(mutated.Count, 120))] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    mutated[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue;
                    break;
                case 3:
                    mutated.RemoveRange(at, random.Next(1, Math.Min(16, mutated.Count - at) + 1));
                    break;
                case 4:
                    mutated.InsertRange(at, Enumerable.Range(0, random.Next(1, 16)).Select(_ => (byte)random.Next(256)).ToArray());
                    break;
                case 5:
                    mutated.InsertRange(at, mutated.GetRange(at, random.Next(1, Math.Min(64, mutated.Count - at) + 1)));
                    break;
                default:
                    mutated.RemoveRange(Math.Max(1, at), mutated.Count - Math.Max(1, at));
                    break;
            }
        }

        return [.. mutated];
    }
}
