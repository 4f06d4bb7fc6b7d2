using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Playbook.Engine.Runs;

/// <summary>
/// Writes the compact binary form of states and journal entries: variable-length integers, each text once, values with
/// a tag of their type.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="change">What becomes of each text on the way; null for nothing.</param>
internal sealed class RunBinaryWriter(IBufferWriter<byte> output, Func<string, string>? change = null)
{
    /// <summary>How deep lists and dictionaries may lie in each other; more would endanger the reader's stack.</summary>
    public const int MaxDepth = 300;

    private Dictionary<string, int>? _texts;
    private int _depth;

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        // Zigzag, so that small negative numbers stay short.
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = output.GetSpan(10);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        output.Advance(length);
    }

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(output.GetSpan(16), bigEndian: true, out _);
        output.Advance(16);
    }

    /// <summary>A text that often comes again: 0 null, 1 new, then the well-known ones, then those written before.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        if (WellKnownTexts.IndexOf(value) is var known and >= 0)
        {
            Number(2 + known);
            return;
        }

        if (change is not null)
            value = change(value);
        _texts ??= new(StringComparer.Ordinal);
        if (_texts.TryGetValue(value, out var index))
        {
            Number(2 + WellKnownTexts.Count + index);
            return;
        }

        _texts.Add(value, _texts.Count);
        Number(1);
        Raw(value);
    }

    public void Time(DateTimeOffset? value)
    {
        Flag(value is not null);
        if (value is not { } time)
            return;
        Number(time.UtcTicks);
        Number((long)time.Offset.TotalMinutes);
    }

    public void Value(object? value)
    {
        if (++_depth > MaxDepth)
            throw new InvalidOperationException($"A value of the run has lists or dictionaries more than {MaxDepth} deep; keep it flatter.");
        Tagged(value);
        _depth--;
    }

    private void Tagged(object? value)
    {
        switch (value)
        {
            case null: Byte(0); break;
            case false: Byte(1); break;
            case true: Byte(2); break;
            case int number: Byte(3); Number(number); break;
            case long number: Byte(4); Number(number); break;
            case double number: Byte(5); Fixed(BitConverter.DoubleToInt64Bits(number)); break;
            case decimal number:
                Byte(6);
                foreach (var part in decimal.GetBits(number))
                    Number(part);
                break;
            case string text: Byte(7); Raw(change is null ? text : change(text)); break;
            case DateTimeOffset time: Byte(8); Time(time); break;
            case DateTime time: Byte(9); Fixed(time.ToBinary()); break;
            case TimeSpan span: Byte(10); Number(span.Ticks); break;
            case Guid id: Byte(11); Id(id); break;
            case IReadOnlyDictionary<string, object?> dictionary: Byte(12); Dictionary(dictionary); break;
            case IReadOnlyList<object?> list:
                Byte(13);
                Number(list.Count);
                foreach (var item in list)
                    Value(item);
                break;
            case JsonElement element: Value(RunValues.FromJson(element)); break;
            default: Value(RunValues.Copy(value)); break;
        }
    }

    public void Dictionary(IReadOnlyDictionary<string, object?> dictionary)
    {
        Number(dictionary.Count);
        foreach (var (key, value) in dictionary)
        {
            Text(key);
            Value(value);
        }
    }

    private void Raw(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }
}
