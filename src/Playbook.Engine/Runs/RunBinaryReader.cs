using System.Buffers.Binary;
using System.Text;

namespace Playbook.Engine.Runs;

/// <summary>Reads what <see cref="RunBinaryWriter"/> wrote. Throws <see cref="InvalidDataException"/> on damaged bytes.</summary>
internal ref struct RunBinaryReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private int _depth;
    private List<string>? _texts;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw Damaged();
    }

    public int Count()
    {
        var count = Number();
        return count is >= 0 and <= int.MaxValue && count <= _bytes.Length * 64L ? (int)count : throw Damaged();
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Id() => new(Take(16), bigEndian: true);

    public string? Text()
    {
        var code = Number();
        if (code == 0)
            return null;
        if (code == 1)
        {
            var text = Raw();
            (_texts ??= []).Add(text);
            return text;
        }

        var index = code - 2;
        if (index < 0)
            throw Damaged();
        if (index < WellKnownTexts.Count)
            return WellKnownTexts.At((int)index);
        index -= WellKnownTexts.Count;
        return _texts is not null && index < _texts.Count ? _texts[(int)index] : throw Damaged();
    }

    public string RequiredText() => Text() ?? throw Damaged();

    public DateTimeOffset? OptionalTime()
    {
        if (!Flag())
            return null;
        var ticks = Number();
        var minutes = Number();
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks || minutes is < -14 * 60 or > 14 * 60)
            throw Damaged();
        var local = ticks + minutes * TimeSpan.TicksPerMinute;
        return local >= 0 && local <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(local, TimeSpan.FromMinutes(minutes)) : throw Damaged();
    }

    public DateTimeOffset Time() => OptionalTime() ?? throw Damaged();

    /// <summary>A whole number that an int holds, 0 or more.</summary>
    public int Whole() => Number() is >= 0 and <= int.MaxValue and var number ? (int)number : throw Damaged();

    /// <summary>A value of an enumeration, as a byte.</summary>
    public T Choice<T>() where T : struct, Enum
    {
        var choice = (T)Enum.ToObject(typeof(T), Byte());
        return Enum.IsDefined(choice) ? choice : throw Damaged();
    }

    public object? Value()
    {
        if (++_depth > RunBinaryWriter.MaxDepth)
            throw Damaged();
        var value = Tagged();
        _depth--;
        return value;
    }

    private object? Tagged()
    {
        switch (Byte())
        {
            case 0: return null;
            case 1: return false;
            case 2: return true;
            case 3: return Number() is >= int.MinValue and <= int.MaxValue and var small ? (int)small : throw Damaged();
            case 4: return Number();
            case 5: return BitConverter.Int64BitsToDouble(Fixed());
            case 6: return Decimal();
            case 7: return Raw();
            case 8: return Time();
            case 9: return DateTime();
            case 10: return new TimeSpan(Number());
            case 11: return Id();
            case 12: return Dictionary();
            case 13:
                var count = Count();
                var list = new List<object?>(count);
                for (var i = 0; i < count; i++)
                    list.Add(Value());
                return list;
            default: throw Damaged();
        }
    }

    public Dictionary<string, object?> Dictionary()
    {
        var count = Count();
        var result = new Dictionary<string, object?>(count);
        for (var i = 0; i < count; i++)
        {
            var key = RequiredText();
            result[key] = Value();
        }

        return result;
    }

    private decimal Decimal()
    {
        try
        {
            return new decimal([checked((int)Number()), checked((int)Number()), checked((int)Number()), checked((int)Number())]);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw Damaged();
        }
    }

    private DateTime DateTime()
    {
        try
        {
            return System.DateTime.FromBinary(Fixed());
        }
        catch (ArgumentException)
        {
            throw Damaged();
        }
    }

    private string Raw() => Encoding.UTF8.GetString(Take(Count()));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
            throw Damaged();
        var span = _bytes.Slice(_position, count);
        _position += count;
        return span;
    }

    public static InvalidDataException Damaged() => new("The stored bytes of a run are damaged; restore the database from a backup.");
}
