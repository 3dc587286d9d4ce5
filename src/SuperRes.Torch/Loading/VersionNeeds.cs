using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Torch.Loading;

/// <summary>
/// The symbol versions that an ELF file asks of its libraries (<c>.gnu.version_r</c>; Linux Standard Base 5.0, Symbol
/// Versioning). A 64-bit little-endian file is expected, as all of .NET's Linux platforms but s390x have.
/// </summary>
internal static class VersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>
    /// Marks a version as weak: where no library offers it, the loader goes on. Safe only where no symbol of this version
    /// is used.
    /// </summary>
    /// <param name="file">The whole file, changed in place.</param>
    /// <param name="version">The version's name: <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether the file asks for this version; false also where it is no such file.</returns>
    public static bool MakeWeak(Span<byte> file, string version)
    {
        try
        {
            return Sections(file) is { } sections && MakeWeak(file, sections, version);
        }
        catch (ArgumentOutOfRangeException)
        {
            return false; // An offset points outside: not the file that it says it is.
        }
    }

    private static (int Start, int Size, int Count)? Sections(ReadOnlySpan<byte> file)
    {
        var isElf = file.Length >= 64 && file[..4].SequenceEqual("\u007fELF"u8) && file[4] == 2 && file[5] == 1;
        return isElf ? ((int)U64(file, 0x28), U16(file, 0x3a), U16(file, 0x3c)) : null;
    }

    private static bool MakeWeak(Span<byte> file, (int Start, int Size, int Count) sections, string version)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            var header = sections.Start + (i * sections.Size);
            if (U32(file, header + 4) == VersionNeedSection)
            {
                var strings = sections.Start + ((int)U32(file, header + 0x28) * sections.Size);
                return MakeWeak(file, (int)U64(file, header + 0x18), (int)U32(file, header + 0x2c), (int)U64(file, strings + 0x18), version);
            }
        }

        return false;
    }

    /// <summary>Walks libraries (Elf64_Verneed) and, of each, the versions (Elf64_Vernaux).</summary>
    private static bool MakeWeak(Span<byte> file, int need, int libraries, int strings, string version)
    {
        for (var library = 0; library < libraries; library++, need += (int)U32(file, need + 12))
        {
            var entry = need + (int)U32(file, need + 8);
            for (var i = 0; i < U16(file, need + 2); i++, entry += (int)U32(file, entry + 12))
            {
                if (Name(file, strings + (int)U32(file, entry + 8)) == version)
                {
                    var flags = file.Slice(entry + 4, 2);
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
                    return true;
                }
            }
        }

        return false;
    }

    private static string Name(ReadOnlySpan<byte> file, int offset)
    {
        var text = file[offset..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static ushort U16(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);

    private static uint U32(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(file[offset..]);

    private static ulong U64(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(file[offset..]);
}
