using System.Security.Cryptography;
using System.Text;

namespace Playbook.Sales.Sending;

/// <summary>How fast a lane may go.</summary>
/// <param name="PerHour">Within any hour; 0 for no limit.</param>
/// <param name="PerDay">Within any day; 0 for no limit.</param>
/// <param name="Gap">Between two sends; up to half of it more is added by the message's key, so that sends do not come in step.</param>
public readonly record struct Pace(int PerHour, int PerDay, TimeSpan Gap)
{
    /// <summary>A lane without limits, whose sends still do not all come at one moment.</summary>
    public static Pace Unlimited { get; } = new(0, 0, TimeSpan.FromMilliseconds(200));
}

/// <summary>
/// Spreads sends that could not go at their time over the hours to come, so that nothing bursts after a pause: each gets
/// a moment of its own within the pace of every lane that it is in (its mailbox, its receiving domain). Pure: the same
/// sends in the same order get the same moments, and no clock is read. Moments are a plan; the policy is asked again then.
/// </summary>
public sealed class SendPlan
{
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, IReadOnlyList<string> Lanes)> _places = new(StringComparer.Ordinal);

    /// <summary>How many have a place.</summary>
    public int Count => _places.Count;

    /// <summary>
    /// Gives a message its moment, not before <paramref name="earliest"/>. One that has a place already and asks again gives
    /// its old one up.
    /// </summary>
    /// <param name="key">The message by its idempotency key.</param>
    /// <param name="lanes">The lanes that it is in, with their paces.</param>
    /// <param name="earliest">UTC.</param>
    /// <param name="open">The first open moment not before the one given; null where there is none.</param>
    /// <returns>UTC; null where there is no open moment.</returns>
    public DateTimeOffset? Place(string key, IReadOnlyList<(string Name, Pace Pace)> lanes, DateTimeOffset earliest, Func<DateTimeOffset, DateTimeOffset?> open)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        ArgumentNullException.ThrowIfNull(open);
        Remove(key);
        var mine = lanes.Select(lane => (Lane: Find(lane.Name), lane.Pace, Gap: Spaced(key, lane.Pace.Gap))).ToList();
        var at = earliest;
        while (true)
        {
            if (open(at) is not { } moment)
                return null;
            var later = moment;
            foreach (var (lane, pace, gap) in mine)
                later = lane.Free(later, pace, gap);
            if (later == moment)
            {
                at = moment;
                break;
            }

            at = later;
        }

        foreach (var (lane, _, _) in mine)
            lane.Take(at);
        _places[key] = (at, [.. lanes.Select(lane => lane.Name)]);
        return at;
    }

    /// <summary>Takes a message out: it went, or never will.</summary>
    public void Remove(string key)
    {
        if (!_places.Remove(key, out var place))
            return;
        foreach (var name in place.Lanes)
            if (_lanes.TryGetValue(name, out var lane) && lane.Leave(place.At))
                _lanes.Remove(name);
    }

    /// <summary>Counts what went out of a lane before, so that the plan keeps its distance from it.</summary>
    public void Note(string lane, DateTimeOffset at) => Find(lane).Take(at);

    /// <summary>Forgets moments that no window reaches back to any more.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (name, lane) in _lanes)
            if (lane.Forget(before))
                _lanes.Remove(name);
        foreach (var (key, place) in _places)
            if (place.At < before)
                _places.Remove(key);
    }

    private Lane Find(string name) => _lanes.TryGetValue(name, out var lane) ? lane : _lanes[name] = new();

    private static TimeSpan Spaced(string key, TimeSpan gap)
    {
        if (gap <= TimeSpan.Zero)
            return TimeSpan.Zero;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return gap + TimeSpan.FromTicks((long)(BitConverter.ToUInt32(hash) / (double)uint.MaxValue * (gap.Ticks / 2)));
    }

    /// <summary>The moments taken in one lane, in their order.</summary>
    private sealed class Lane
    {
        private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
        private static readonly TimeSpan Day = TimeSpan.FromDays(1);

        private readonly List<DateTimeOffset> _taken = [];

        /// <summary>The first moment not before the one given that keeps the pace with all that are taken.</summary>
        public DateTimeOffset Free(DateTimeOffset at, Pace pace, TimeSpan gap)
        {
            while (true)
            {
                var index = Index(at);
                // The longest window first: it skips whole days that are full.
                if (Crowded(at, index, pace.PerDay, Day) is { } day)
                    at = day;
                else if (Crowded(at, index, pace.PerHour, Hour) is { } hour)
                    at = hour;
                else if (index > 0 && at - _taken[index - 1] < gap)
                    at = _taken[index - 1] + gap;
                else if (index < _taken.Count && _taken[index] - at < gap)
                    at = _taken[index] + gap;
                else
                    return at;
            }
        }

        public void Take(DateTimeOffset at) => _taken.Insert(Index(at), at);

        /// <summary>True where none is left.</summary>
        public bool Leave(DateTimeOffset at)
        {
            var index = Index(at);
            if (index < _taken.Count && _taken[index] == at)
                _taken.RemoveAt(index);
            return _taken.Count == 0;
        }

        /// <summary>True where none is left.</summary>
        public bool Forget(DateTimeOffset before)
        {
            _taken.RemoveRange(0, Index(before));
            return _taken.Count == 0;
        }

        /// <summary>
        /// Null where one more at this moment leaves every stretch of <paramref name="window"/> within
        /// <paramref name="limit"/>; else the next moment worth trying.
        /// </summary>
        private DateTimeOffset? Crowded(DateTimeOffset at, int index, int limit, TimeSpan window)
        {
            if (limit == 0 || Index(at + window) - Index(at - window) < limit)
                return null;
            // With it, no limit+1 in a row may lie within the window: of those that hold it, the latest that does decides.
            for (var first = Math.Min(index, _taken.Count - limit); first >= Math.Max(0, index - limit); first--)
            {
                var begin = first == index ? at : _taken[first];
                var end = first + limit == index ? at : _taken[first + limit - 1];
                if (end - begin < window)
                    return Later(at, index, first, window);
            }

            return null;
        }

        // Those before it must leave the window; where only later ones crowd it, it goes behind the next of them.
        private DateTimeOffset Later(DateTimeOffset at, int index, int first, TimeSpan window)
        {
            var leaves = first < index ? _taken[first] + window : at;
            return leaves > at ? leaves : _taken[index] + TimeSpan.FromTicks(1);
        }

        private int Index(DateTimeOffset at)
        {
            var index = _taken.BinarySearch(at);
            if (index < 0)
                return ~index;
            while (index > 0 && _taken[index - 1] == at)
                index--;
            return index;
        }
    }
}
