using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Training.TensorFiles;

/// <summary>
/// Reads pickles of plain data and tensors. A pickle is a program for a stack machine that may call any Python function;
/// this reader knows the instructions that build lists, tuples, dictionaries, numbers and text, and of the names only
/// those in <see cref="PickleGlobal"/>, which it takes as descriptions. Everything else is refused: nothing is executed.
/// </summary>
internal sealed class PickleReader(Stream stream)
{
    /// <summary>The first byte of a pickle of protocol 2 or newer.</summary>
    public const byte Protocol = 0x80;

    private const int MaximumText = 1 << 20;
    private const int MaximumItems = 1 << 20;

    private static readonly object Mark = new();

    private static readonly Dictionary<string, PickleGlobal> Globals = new(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = PickleGlobal.OrderedDict,
        ["torch._utils._rebuild_tensor"] = PickleGlobal.RebuildTensor,
        ["torch._utils._rebuild_tensor_v2"] = PickleGlobal.RebuildTensor,
        ["torch._utils._rebuild_parameter"] = PickleGlobal.RebuildParameter,
        ["torch.FloatStorage"] = PickleGlobal.Float32,
        ["torch.HalfStorage"] = PickleGlobal.Float16,
        ["torch.BFloat16Storage"] = PickleGlobal.BFloat16,
        ["torch.DoubleStorage"] = PickleGlobal.Float64,
        ["torch.LongStorage"] = PickleGlobal.Int64,
    };

    private readonly Stack<object?> _stack = new();
    private readonly Dictionary<long, object?> _memo = [];
    private int _items;

    /// <summary>Reads one pickle; the stream is left behind it.</summary>
    /// <returns>
    /// null, bool, long, double, string, <c>List&lt;object?&gt;</c> for lists, <c>object?[]</c> for tuples,
    /// <c>Dictionary&lt;object, object?&gt;</c>, <see cref="PickledTensor"/> or <see cref="PickledStorage"/>.
    /// </returns>
    /// <exception cref="InvalidDataException">It is damaged, or asks for anything else.</exception>
    public object? Read()
    {
        try
        {
            while (true)
            {
                var code = Next();
                if (code == (byte)'.')
                {
                    return _stack.Pop();
                }

                Execute(code);
                if (++_items > MaximumItems)
                {
                    throw new InvalidDataException("its pickle is far longer than a list of tensors");
                }
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or KeyNotFoundException or ArgumentException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new InvalidDataException("its pickle is damaged", exception);
        }
    }

    private void Execute(byte code)
    {
        switch (code)
        {
            case Protocol:
                if (Next() is var version and (< 2 or > 5))
                {
                    throw new InvalidDataException($"its pickle has protocol {version}, and 2 to 5 are read");
                }

                break;
            case 0x95: // FRAME: only says how much follows.
                Bytes(8);
                break;
            case (byte)'c':
                _stack.Push(Global(Line(), Line()));
                break;
            case 0x93: // STACK_GLOBAL
                var name = (string)_stack.Pop()!;
                _stack.Push(Global((string)_stack.Pop()!, name));
                break;
            case (byte)'R':
                var arguments = (object?[])_stack.Pop()!;
                _stack.Push(Build((PickleGlobal)_stack.Pop()!, arguments));
                break;
            case (byte)'b': // BUILD: attributes of a dictionary, such as a state dict's versions, are not values of it.
                _stack.Pop();
                _ = (Dictionary<object, object?>)_stack.Peek()!;
                break;
            case (byte)'Q':
                _stack.Push(Storage((object?[])_stack.Pop()!));
                break;
            default:
                if (!Scalar(code) && !Collection(code) && !Memo(code))
                {
                    throw new InvalidDataException($"its pickle has the instruction 0x{code:x2}, which data does not need");
                }

                break;
        }
    }

    private bool Scalar(byte code)
    {
        object? value = code switch
        {
            (byte)'N' => null,
            0x88 => true,
            0x89 => false,
            (byte)'K' => (long)Next(),
            (byte)'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
            (byte)'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)),
            0x8a => Long(Next()),
            (byte)'G' => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)),
            (byte)'X' or (byte)'T' => Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))),
            0x8c or (byte)'U' => Text(Next()),
            _ => Mark,
        };
        if (ReferenceEquals(value, Mark))
        {
            return false;
        }

        _stack.Push(value);
        return true;
    }

    private bool Collection(byte code)
    {
        switch (code)
        {
            case (byte)'(':
                _stack.Push(Mark);
                break;
            case (byte)'}':
                _stack.Push(new Dictionary<object, object?>());
                break;
            case (byte)']':
                _stack.Push(new List<object?>());
                break;
            case (byte)')':
                _stack.Push(Array.Empty<object?>());
                break;
            case (byte)'t':
                _stack.Push(ToMark());
                break;
            case 0x85 or 0x86 or 0x87:
                var tuple = new object?[code - 0x84];
                for (var i = tuple.Length - 1; i >= 0; i--)
                {
                    tuple[i] = _stack.Pop();
                }

                _stack.Push(tuple);
                break;
            case (byte)'a':
                var item = _stack.Pop();
                ((List<object?>)_stack.Peek()!).Add(item);
                break;
            case (byte)'e':
                var items = ToMark();
                ((List<object?>)_stack.Peek()!).AddRange(items);
                break;
            case (byte)'s':
                var value = _stack.Pop();
                var key = _stack.Pop()!;
                ((Dictionary<object, object?>)_stack.Peek()!)[key] = value;
                break;
            case (byte)'u':
                var pairs = ToMark();
                var dictionary = (Dictionary<object, object?>)_stack.Peek()!;
                for (var i = 0; i < pairs.Length; i += 2)
                {
                    dictionary[pairs[i]!] = pairs[i + 1];
                }

                break;
            default:
                return false;
        }

        return true;
    }

    private bool Memo(byte code)
    {
        switch (code)
        {
            case (byte)'q':
                _memo[Next()] = _stack.Peek();
                break;
            case (byte)'r':
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = _stack.Peek();
                break;
            case 0x94:
                _memo[_memo.Count] = _stack.Peek();
                break;
            case (byte)'h':
                _stack.Push(_memo[Next()]);
                break;
            case (byte)'j':
                _stack.Push(_memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))]);
                break;
            default:
                return false;
        }

        return true;
    }

    private static object Global(string module, string name) =>
        Globals.TryGetValue($"{module}.{name}", out var global)
            ? global
            : throw new InvalidDataException($"it asks for '{module}.{name}', and a file of weights needs no such thing; it may be made to run code, and nothing of it was run");

    private static object Build(PickleGlobal function, object?[] arguments) => function switch
    {
        PickleGlobal.OrderedDict when arguments.Length == 0 => new Dictionary<object, object?>(),
        PickleGlobal.RebuildTensor when arguments is [PickledStorage storage, long offset, object?[] shape, object?[] strides, ..] =>
            new PickledTensor(storage, offset, [.. shape.Select(size => (long)size!)], [.. strides.Select(stride => (long)stride!)]),
        PickleGlobal.RebuildParameter when arguments is [PickledTensor tensor, ..] => tensor,
        _ => throw new InvalidDataException("its pickle builds something that is no tensor"),
    };

    /// <summary>A persistent identifier: ("storage", type, key, device, count), in older files followed by null for "no view".</summary>
    private static PickledStorage Storage(object?[] identifier) =>
        identifier is ["storage", PickleGlobal type and >= PickleGlobal.Float32, string key, string, long count and >= 0 and <= long.MaxValue / sizeof(double), .. var view] && view is [] or [null]
            ? new PickledStorage(key, type, count)
            : throw new InvalidDataException("its pickle refers to something that is no storage");

    private object?[] ToMark()
    {
        var items = new List<object?>();
        for (var item = _stack.Pop(); !ReferenceEquals(item, Mark); item = _stack.Pop())
        {
            items.Add(item);
        }

        items.Reverse();
        return [.. items];
    }

    private byte Next() => stream.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException("it ends in the middle of its pickle");

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string Text(long length) =>
        length <= MaximumText ? Encoding.UTF8.GetString(Bytes((int)length)) : throw new InvalidDataException($"its pickle has a name of {length} bytes");

    /// <summary>Little-endian two's complement. Larger than 64 bits only in the magic number, of which the low bits do.</summary>
    private object Long(int length)
    {
        var bytes = Bytes(length);
        Span<byte> wide = stackalloc byte[8];
        wide.Fill(length > 0 && (bytes[^1] & 0x80) != 0 ? (byte)0xff : (byte)0);
        bytes.AsSpan(0, Math.Min(length, 8)).CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private string Line()
    {
        var bytes = new List<byte>();
        for (var value = Next(); value != (byte)'\n'; value = Next())
        {
            bytes.Add(value);
            if (bytes.Count > MaximumText)
            {
                throw new InvalidDataException("its pickle has a name without an end");
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
