namespace Playbook.Server.Workers;

/// <summary>How long to wait before something that failed is tried again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan After(int attempts)
    {
        var after = First * Math.Pow(2, Math.Clamp(attempts, 0, 20));
        return after < Longest ? after : Longest;
    }
}
