namespace Playbook.Server.Demo;

/// <summary>
/// Chances that come out the same however the work is spread: each question has a name of its own, and the name decides.
/// </summary>
internal readonly struct Chance(int seed)
{
    /// <summary>From 0 up to, not including, 1.</summary>
    public double Of(params ReadOnlySpan<string> question)
    {
        // FNV-1a with a last mixing: fast, and the same on every machine.
        var hash = 14695981039346656037UL ^ (ulong)(uint)seed;
        foreach (var word in question)
        {
            foreach (var letter in word)
                hash = (hash ^ letter) * 1099511628211UL;
            hash = (hash ^ 0x1F) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    public T Pick<T>(IReadOnlyList<T> from, params ReadOnlySpan<string> question) => from[(int)(Of(question) * from.Count)];

    public int Between(int least, int most, params ReadOnlySpan<string> question) => least + (int)(Of(question) * (most - least + 1));
}
