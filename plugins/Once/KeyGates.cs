namespace Playbook.Once;

/// <summary>Lets one attempt at a message through at a time; attempts at others pass beside it.</summary>
internal sealed class KeyGates
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Passage> Enter(string key, CancellationToken cancellationToken)
    {
        // Two keys may share a gate: then one waits for nothing, which harms nobody.
        var gate = _gates[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Passage(gate);
    }

    public readonly struct Passage(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
