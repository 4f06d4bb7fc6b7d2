using System.Globalization;
using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>When something that failed is tried again, and when it is given up for a person to look at.</summary>
public static class Retries
{
    /// <summary>After so many failed attempts, about five and a half hours with the waits between them, it is given up.</summary>
    public const int MostFaults = 15;

    /// <summary>Longer than Easter: after so long it is given up, however few attempts there were.</summary>
    public static readonly TimeSpan LongestTrying = TimeSpan.FromDays(6);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Twice as long after each fault, and for each item a little different: what failed together must not come back
    /// together. The difference comes from the item's id, so that a trial taken again waits the same.
    /// </summary>
    public static TimeSpan After(string id, int faults)
    {
        var wait = First * Math.Pow(2, Math.Clamp(faults - 1, 0, 20));
        var share = Hash(string.Create(CultureInfo.InvariantCulture, $"{id}/{faults}")) / (double)uint.MaxValue;
        return (wait < Longest ? wait : Longest) * (0.75 + share / 2);
    }

    public static bool IsOver(OutboxItem item, DateTimeOffset now) => item.Faults >= MostFaults || now - item.FailingSince >= LongestTrying;

    /// <summary>FNV-1a with a last stir: .NET's own hash of a text is another in each process.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619;
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ (hash >> 12);
    }
}
