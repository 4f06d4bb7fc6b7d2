using System.Globalization;
using System.Text;
using NodaTime;

namespace Playbook.Calendar.Mail;

/// <summary>Writes lines of RFC 5545: escaped, folded at 75 bytes, ended by CRLF.</summary>
internal sealed class ICalendarText
{
    private const int LongestLine = 75;

    private readonly StringBuilder _text = new();

    public ICalendarText Line(string name, string value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var line = new StringBuilder(name);
        foreach (var (parameter, text) in parameters)
            line.Append(';').Append(parameter).Append('=').Append(Parameter(text));
        line.Append(':').Append(value);
        Fold(line.ToString());
        return this;
    }

    /// <summary>A value that is free text.</summary>
    public ICalendarText Text(string name, string value) => Line(name, Clean(value, keepLines: true)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

    public ICalendarText Begin(string component) => Line("BEGIN", component);

    public ICalendarText End(string component) => Line("END", component);

    public ICalendarText Utc(string name, Instant at) => Line(name, at.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    public ICalendarText Local(string name, Instant at, DateTimeZone zone) =>
        Line(name, at.InZone(zone).LocalDateTime.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture), ("TZID", zone.Id));

    /// <summary>
    /// The zone as far as an event between the two moments needs it: each change of its clocks from a year before to a year
    /// after by itself, so that it is right for zones whose rules no RRULE can say.
    /// </summary>
    public ICalendarText Zone(DateTimeZone zone, Instant from, Instant until)
    {
        Begin("VTIMEZONE").Line("TZID", zone.Id);
        foreach (var stretch in zone.GetZoneIntervals(from - Duration.FromDays(366), until + Duration.FromDays(366)))
        {
            var before = stretch.HasStart ? zone.GetZoneInterval(stretch.Start - Duration.Epsilon).WallOffset : stretch.WallOffset;
            var onset = stretch.HasStart ? stretch.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
            var component = stretch.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
            Begin(component)
                .Line("DTSTART", onset.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture))
                .Line("TZOFFSETFROM", Written(before)).Line("TZOFFSETTO", Written(stretch.WallOffset)).Line("TZNAME", stretch.Name)
                .End(component);
        }
        return End("VTIMEZONE");
    }

    public override string ToString() => _text.ToString();

    private static string Written(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}";
        return seconds % 60 == 0 ? text : text + $"{seconds % 60:00}";
    }

    /// <summary>Quoted where it must be. A quote cannot be said in a parameter, so it becomes another one.</summary>
    private static string Parameter(string text)
    {
        var clean = Clean(text, keepLines: false).Replace('"', '\'');
        return clean.AsSpan().IndexOfAny(";:, ") < 0 ? clean : $"\"{clean}\"";
    }

    /// <summary>Without what could end a line and begin another one.</summary>
    private static string Clean(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
            clean.Append(letter == '\n' ? (keepLines ? '\n' : ' ') : char.IsControl(letter) ? ' ' : letter);
        return clean.ToString();
    }

    private void Fold(string line)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                _text.Append("\r\n ");
                length = 1;
            }
            _text.Append(rune.ToString());
            length += rune.Utf8SequenceLength;
        }
        _text.Append("\r\n");
    }
}
