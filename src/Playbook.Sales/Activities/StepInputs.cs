using System.Collections;
using System.Globalization;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>
/// Reads an activity's inputs whatever their shape, and collects what is wrong with them, so that a designer learns of
/// every mistake in one incident instead of one after the other.
/// </summary>
internal sealed class StepInputs(IActivityContext context)
{
    // Longer waits are a slip of the pen, and far longer ones leave the calendar.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    private readonly List<string> _problems = [];

    public IActivityContext Context => context;

    /// <summary>Everything wrong so far; null while all is well.</summary>
    public ActivityResult.Failed? Failure => _problems.Count == 0 ? null : ActivityResult.Fail(string.Join(" ", _problems));

    public void Problem(string input, string cause, string cure) =>
        _problems.Add($"The input '{char.ToLowerInvariant(input[0])}{input[1..]}' {cause}: {cure}.");

    public string? Text(string input)
    {
        switch (context.Input<object>(input))
        {
            case null:
                return null;
            case string text:
                return text.Trim() is { Length: > 0 } given ? given : null;
            case IFormattable number when Numbers.TryRead(number, out _):
                return number.ToString(null, CultureInfo.InvariantCulture);
            case var other:
                Problem(input, $"is {Shape(other)} where a text belongs", "write a single text");
                return null;
        }
    }

    public string RequiredText(string input, string cure)
    {
        var before = _problems.Count;
        if (Text(input) is { } text)
            return text;
        if (_problems.Count == before)
            Problem(input, "is missing", cure);
        return "";
    }

    /// <summary>A positive time; null where it is unset.</summary>
    public TimeSpan? Duration(string input)
    {
        var time = AnyDuration(input);
        if (time is null || time > TimeSpan.Zero)
            return time;
        Problem(input, $"is {time:c}, and a wait must be longer than nothing", "write days.hours:minutes:seconds, such as 3.00:00:00 for three days");
        return null;
    }

    public TimeSpan RequiredDuration(string input, string cure)
    {
        var before = _problems.Count;
        if (Duration(input) is { } time)
            return time;
        if (_problems.Count == before)
            Problem(input, "is missing", cure);
        return default;
    }

    /// <summary>A time that may be negative; null where it is unset.</summary>
    public TimeSpan? AnyDuration(string input)
    {
        var value = context.Input<object>(input);
        if (value is null or "")
            return null;
        if (value is not TimeSpan time && !(value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time)))
        {
            Problem(input, $"is {Shape(value)}, which is not a length of time", "write days.hours:minutes:seconds, such as 3.00:00:00 for three days or 04:00:00 for four hours");
            return null;
        }
        if (time <= Longest && time >= -Longest)
            return time;
        Problem(input, $"is {time:c}, which is more than ten years", "write a shorter time");
        return null;
    }

    public bool Flag(string input, bool unset = false)
    {
        var value = context.Input<object>(input);
        if (value is null or "")
            return unset;
        if (value is bool flag || (value is string text && bool.TryParse(text, out flag)))
            return flag;
        Problem(input, $"is {Shape(value)} where yes or no belongs", "write true or false");
        return unset;
    }

    public decimal Number(string input, decimal unset, decimal min, decimal max)
    {
        var value = context.Input<object>(input);
        if (value is null or "")
            return unset;
        if (!Numbers.TryRead(value, out var number))
            Problem(input, $"is {Shape(value)} where a number belongs", Invariant($"write a number from {min} to {max}"));
        else if (number < min || number > max)
            Problem(input, Invariant($"is {number}"), Invariant($"write a number from {min} to {max}"));
        else
            return number;
        return unset;
    }

    /// <summary>A point in time; one without an offset is meant where the contact lives.</summary>
    public DateTimeOffset? Moment(string input)
    {
        var value = context.Input<object>(input);
        if (value is null or "")
            return null;
        if (Moments.TryRead(value, context.Subject, out var moment))
            return moment;
        Problem(input, $"is {Shape(value)}, which is not a point in time", "write a date and time such as 2026-03-02T09:00:00Z, or name a variable that holds one");
        return null;
    }

    /// <summary>The items of a list; a single value counts as a list of one.</summary>
    public IReadOnlyList<object?> List(string input, string cure)
    {
        switch (context.Input<object>(input))
        {
            case null or "":
                return [];
            case string text:
                return [text];
            case var map when FactPath.TryMap(map, out _):
                Problem(input, "is one object where a list belongs", cure);
                return [];
            case IEnumerable items:
                return [.. items.Cast<object?>()];
            case var other:
                Problem(input, $"is {Shape(other)} where a list belongs", cure);
                return [];
        }
    }

    /// <summary>A list of names, trimmed and without blanks.</summary>
    public IReadOnlyList<string> Names(string input, string cure)
    {
        var names = new List<string>();
        var place = 0;
        foreach (var item in List(input, cure))
        {
            place++;
            if (item is not string name || name.Trim().Length == 0)
                Problem(input, $"has {Shape(item)} in place {place} where a name belongs", cure);
            else
                names.Add(name.Trim());
        }
        return names;
    }

    /// <summary>Names that become ports: at least <paramref name="atLeast"/>, each once.</summary>
    public IReadOnlyList<string> Ports(string input, int atLeast, string cure)
    {
        var before = _problems.Count;
        var names = Names(input, cure);
        if (_problems.Count > before)
            return names;
        if (names.Count < atLeast)
            Problem(input, names.Count == 0 ? "is missing" : $"names only '{names[0]}'", cure);
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            Problem(input, $"names '{twice.Key}' twice", "give each a name of its own");
        return names;
    }

    public IReadOnlyDictionary<string, object?> Map(string input, string cure)
    {
        var value = context.Input<object>(input);
        if (value is null or "")
            return new Dictionary<string, object?>();
        if (FactPath.TryMap(value, out var map))
            return map;
        Problem(input, $"is {Shape(value)} where an object belongs", cure);
        return new Dictionary<string, object?>();
    }

    /// <summary>What a value looks like to the person who wrote it.</summary>
    public static string Shape(object? value) => value switch
    {
        null => "nothing",
        "" => "an empty text",
        string text => $"the text '{(text.Length > 40 ? text[..40] + "…" : text)}'",
        bool flag => flag ? "true" : "false",
        IFormattable number when Numbers.TryRead(value, out _) => $"the number {number.ToString(null, CultureInfo.InvariantCulture)}",
        TimeSpan time => $"the time {time:c}",
        DateTimeOffset or DateTime => "a date",
        _ when FactPath.TryMap(value, out _) => "an object",
        IEnumerable => "a list",
        _ => "something else",
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
