namespace Playbook.Email;

/// <summary>
/// What may leave the mailbox in any 24 hours and in any hour. A mailbox in its ramp-up may send a little more each day,
/// until the cap of a day is reached.
/// </summary>
internal sealed class MailboxCaps(EmailSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly List<DateTimeOffset> _sent = [];

    private bool IsOn => settings.CapPerDay is not null || settings.CapPerHour is not null || settings.RampStart is not null;

    /// <summary>Takes in what was sent before the channel was opened.</summary>
    public void Restore(IEnumerable<DateTimeOffset> sent)
    {
        if (!IsOn)
            return;
        lock (_lock)
        {
            _sent.AddRange(sent.Where(time => time > clock.GetUtcNow() - _day));
            _sent.Sort();
        }
    }

    /// <summary>Takes one place, or says how long there is none and why. A place that was not used is given back.</summary>
    public (TimeSpan After, string Reason)? Reserve()
    {
        if (!IsOn)
            return null;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _sent.RemoveRange(0, _sent.FindIndex(time => time > now - _day) is var first and >= 0 ? first : _sent.Count);
            if (DayCap(now) is { } cap && _sent.Count >= cap.Count)
                return (_sent[^cap.Count] + _day - now, $"The mailbox has sent {_sent.Count} messages in 24 hours, and {cap.Why}.");
            if (settings.CapPerHour is { } perHour && _sent.Count >= perHour && _sent[^perHour] > now - _hour)
                return (_sent[^perHour] + _hour - now, $"The mailbox has sent {perHour} messages in an hour, which is its cap.");
            _sent.Add(now);
            return null;
        }
    }

    public void GiveBack()
    {
        if (!IsOn)
            return;
        lock (_lock)
        {
            if (_sent.Count > 0)
                _sent.RemoveAt(_sent.Count - 1);
        }
    }

    private (int Count, string Why)? DayCap(DateTimeOffset now)
    {
        (int Count, string Why)? cap = settings.CapPerDay is { } perDay ? (perDay, $"its cap is {perDay}") : null;
        if (settings.RampStart is not { } start)
            return cap;
        var day = Math.Max(0, DateOnly.FromDateTime(now.UtcDateTime).DayNumber - start.DayNumber);
        var ramp = settings.RampFirstDay * Math.Pow(1 + (settings.RampGrowth / 100.0), Math.Min(day, 400));
        return ramp < (cap?.Count ?? int.MaxValue) ? ((int)ramp, $"on day {day + 1} of its ramp-up {(int)ramp} are allowed") : cap;
    }
}
