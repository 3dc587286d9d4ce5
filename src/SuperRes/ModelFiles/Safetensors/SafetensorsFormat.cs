using System.Globalization;
using System.Text;

namespace SuperRes.ModelFiles.Safetensors;

/// <summary>
/// The safetensors format (github.com/huggingface/safetensors, README, "Format"): the header's length as 8 bytes, little
/// endian; the header, JSON in UTF-8 that begins with <c>{</c> and may end in spaces; the tensors' bytes, little endian,
/// row-major, without a gap. The rules beyond that text (the header's largest size, no duplicate keys, ranges that follow
/// each other exactly) are those of the reference implementation, <c>safetensors/src/tensor.rs</c>.
/// </summary>
internal static class SafetensorsFormat
{
    /// <summary>Bytes of the header's length.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>The reference implementation's <c>MAX_HEADER_SIZE</c>.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    /// <summary>More dimensions than any layer has; numpy's own limit was 32 for decades.</summary>
    public const int MaximumRank = 32;

    /// <summary>The header's key for free text.</summary>
    public const string MetadataKey = "__metadata__";

    private static readonly string[] TypeNames = ["F32", "F16", "BF16"];

    // What other files hold beside weights, such as PyTorch's num_batches_tracked.
    private static readonly Dictionary<string, int> IntegerSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["U16"] = 2, ["I16"] = 2, ["U32"] = 4, ["I32"] = 4, ["U64"] = 8, ["I64"] = 8,
    };

    /// <summary>Bytes of one value.</summary>
    public static int SizeOf(WeightPrecision type) => type == WeightPrecision.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>The type's name in a header.</summary>
    public static string NameOf(WeightPrecision type) => TypeNames[(int)type];

    /// <summary>The type of a header's name, null for those that no network's parameters have.</summary>
    public static WeightPrecision? TypeOf(string name) => Array.IndexOf(TypeNames, name) is >= 0 and var index ? (WeightPrecision)index : null;

    /// <summary>Bytes of one value of a type that holds no weights but whole numbers; null for others.</summary>
    public static int? IntegerSizeOf(string name) => IntegerSizes.TryGetValue(name, out var size) ? size : null;

    /// <summary>A name from a file, fit to stand in one line of an error message: short, control characters escaped.</summary>
    public static string Quote(string text)
    {
        const int Longest = 60;
        return text.Length > Longest ? $"'{Escape(text[..Longest])}…'" : $"'{Escape(text)}'";
    }

    /// <summary>Text from a file with everything escaped that a terminal would act on.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
