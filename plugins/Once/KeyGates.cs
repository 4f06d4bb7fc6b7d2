namespace Playbook.Once;

/// <summary>Lets one attempt for a name through at a time; attempts for others pass beside it.</summary>
internal sealed class KeyGates
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Passage> Enter(string name, CancellationToken cancellationToken)
    {
        // Two names may share a gate: then one waits for nothing, which harms nobody.
        var gate = _gates[(uint)name.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Passage(gate);
    }

    public readonly struct Passage(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
