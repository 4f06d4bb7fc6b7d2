using NodaTime;

namespace Playbook.Calendar.Hours;

/// <summary>Whose turn it is: who has the fewest appointments from now on; among those who has waited longest for one; then by name.</summary>
internal static class Turns
{
    public static RepCard? Next(IEnumerable<RepCard> free, Func<RepCard, (int Count, Instant LastMade)> load) =>
        free.OrderBy(rep => load(rep).Count).ThenBy(rep => load(rep).LastMade).ThenBy(rep => rep.Email, StringComparer.Ordinal).FirstOrDefault();
}
