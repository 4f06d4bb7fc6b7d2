using System.Buffers;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Bytes on their way to the writer; keeps its array from one use to the next.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    // An unusually large state must not pin its memory for as long as the process lives.
    private const int KeepAtMost = 1 << 20;

    private byte[] _bytes = new byte[1024];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> this[Range range] => _bytes.AsSpan(range);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(Length);
    }

    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeepAtMost)
            _bytes = new byte[1024];
    }

    private void Grow(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
