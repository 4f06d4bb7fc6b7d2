using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Playbook.Server.Host;

/// <summary>
/// A clock for trials: it stands still until it is moved by command. Its time is kept beside the database, so that a
/// restart goes on where it stopped.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly FakeTimeProvider _time;
    private readonly string? _path;
    private readonly Lock _lock = new();

    private ManualClock(string? path, DateTimeOffset now)
    {
        _path = path;
        _time = new FakeTimeProvider(now);
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => _time.TimestampFrequency;

    /// <summary>The clock of a database; one that was never moved begins at <paramref name="start"/>.</summary>
    public static ManualClock Open(string databasePath, DateTimeOffset start)
    {
        var path = PathFor(databasePath);
        var now = File.Exists(path) && DateTimeOffset.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var kept)
            ? kept.ToUniversalTime()
            : start;
        var clock = new ManualClock(path, now);
        clock.Keep(now);
        return clock;
    }

    /// <summary>Whether a database was used with such a clock before.</summary>
    public static bool Exists(string databasePath) => File.Exists(PathFor(databasePath));

    /// <summary>One whose time nobody needs after this process.</summary>
    public static ManualClock InMemory(DateTimeOffset start) => new(null, start);

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves it forward; a time that has passed changes nothing.</summary>
    public void MoveTo(DateTimeOffset to)
    {
        lock (_lock)
        {
            if (to <= _time.GetUtcNow())
                return;
            Keep(to);
            _time.SetUtcNow(to);
        }
    }

    private static string PathFor(string databasePath) => databasePath + ".clock";

    // Kept before anything happens at the new time: after a crash the clock must not stand before what was done.
    private void Keep(DateTimeOffset now)
    {
        if (_path is null)
            return;
        var draft = _path + ".new";
        File.WriteAllText(draft, now.ToString("O", CultureInfo.InvariantCulture));
        File.Move(draft, _path, overwrite: true);
    }
}
