using System.Globalization;
using System.Text;

namespace SuperRes.Samples;

/// <summary>Binary PPM files ("P6") of 8 bits, RGB interleaved, without comments.</summary>
internal static class Ppm
{
    public static (int Width, int Height, byte[] Samples) Read(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        if (ReadWord(file) != "P6")
        {
            throw new InvalidDataException($"'{path}' is not a binary PPM file (P6).");
        }

        var (width, height, largest) = (ReadNumber(file, path), ReadNumber(file, path), ReadNumber(file, path));
        if (width < 1 || height < 1 || largest != 255)
        {
            throw new InvalidDataException($"'{path}' is {width}x{height} with samples up to {largest}; expected at least 1x1 with samples up to 255.");
        }

        var expected = 3L * width * height;
        if (file.BaseStream.Length - file.BaseStream.Position < expected)
        {
            throw new InvalidDataException($"'{path}' ends early: {width}x{height} needs {expected} bytes of samples.");
        }

        return (width, height, file.ReadBytes(checked((int)expected)));
    }

    public static void Write(string path, int width, int height, ReadOnlySpan<byte> samples)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n")));
        file.Write(samples);
    }

    private static int ReadNumber(BinaryReader file, string path) =>
        ReadWord(file) is var word && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"'{path}' has '{word}' in its header where a number belongs.");

    private static string ReadWord(BinaryReader file)
    {
        var word = new StringBuilder();
        for (var next = file.BaseStream.ReadByte(); next >= 0 && !char.IsWhiteSpace((char)next) && word.Length < 16; next = file.BaseStream.ReadByte())
        {
            word.Append((char)next);
        }

        return word.ToString();
    }
}
