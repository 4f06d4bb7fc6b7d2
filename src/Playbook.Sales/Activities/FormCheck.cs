using System.Globalization;
using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>
/// Checks what a person answered to a task, before it reaches the run: pure, so that the page, the API and the step itself
/// all say the same.
/// </summary>
public static class FormCheck
{
    /// <summary>The key under which a problem with the outcome itself is reported.</summary>
    public const string OutcomeKey = "outcome";

    private const decimal LargestWhole = 9_007_199_254_740_992m;

    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Field → what is wrong with it, in a sentence for the person who fills in the form; empty where all is well.</summary>
    public static IReadOnlyDictionary<string, string> Problems(
        IReadOnlyList<FormField> fields, string outcome, IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(values);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
            if (Problem(field, outcome, values.GetValueOrDefault(field.Name)) is { } problem)
                problems.Add(field.Name, problem);
        foreach (var name in values.Keys.Where(name => fields.All(field => field.Name != name)))
            problems.Add(name, fields.Count == 0
                ? $"This step has no field '{name}'; leave it out."
                : $"This step has no field '{name}'; its fields are {string.Join(", ", fields.Select(field => field.Name))}.");
        return problems;
    }

    /// <summary>The same, and whether the outcome is one that the task offers (under <see cref="OutcomeKey"/>).</summary>
    public static IReadOnlyDictionary<string, string> Problems(
        Effect.OpenTask task, string outcome, IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Outcomes.Contains(outcome, StringComparer.Ordinal))
            return Problems(task.Fields, outcome, values);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [OutcomeKey] = $"'{outcome}' is not an outcome of this step; choose from {string.Join(", ", task.Outcomes)}.",
        };
    }

    /// <summary>The answers that were given, numbers as numbers and checkboxes as true or false. Only for values without problems.</summary>
    public static IReadOnlyDictionary<string, object?> Answers(IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(values);
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in fields)
            if (values.GetValueOrDefault(field.Name) is { } value && !IsBlank(value))
                answers.Add(field.Name, Typed(field, value));
        return answers;
    }

    private static object Typed(FormField field, object value) => (field.Type, value) switch
    {
        ("number", _) when Numbers.TryRead(value, out var number) =>
            decimal.IsInteger(number) && Math.Abs(number) < LargestWhole ? (object)(long)number : (double)number,
        ("checkbox", string text) when bool.TryParse(text, out var ticked) => ticked,
        (_, string text) => text.Trim(),
        _ => value,
    };

    private static string? Problem(FormField field, string outcome, object? value)
    {
        var required = field.Required && (field.RequiredFor.Count == 0 || field.RequiredFor.Contains(outcome, StringComparer.Ordinal));
        if (value is null || IsBlank(value))
            return !required ? null
                : field.RequiredFor.Count == 0 ? $"{field.Label} is missing."
                : $"{field.Label} is missing; '{outcome}' needs it.";
        return field.Type switch
        {
            "number" => Number(field, value),
            "checkbox" => Checkbox(field, value, required),
            "date" => Date(field, value),
            "datetime" => Moments.TryRead(value, Subject.None, out _) ? null : $"{field.Label} is not a date and time; write it as 2026-03-02T14:30.",
            "choice" => value is string choice && field.Options.Contains(choice.Trim(), StringComparer.Ordinal) ? null
                : $"{field.Label} must be one of {string.Join(", ", field.Options)}.",
            "email" => Words(field, value, IsEmail, "an e-mail address, such as ada@example.com"),
            "phone" => Words(field, value, IsPhone, "a phone number, such as +45 12 34 56 78"),
            _ => Words(field, value, _ => true, "a text"),
        };
    }

    private static bool IsBlank(object value) => value is string text && string.IsNullOrWhiteSpace(text);

    private static string? Number(FormField field, object value) =>
        !Numbers.TryRead(value, out var number) ? $"{field.Label} is not a number."
        : number < field.Min ? string.Create(CultureInfo.InvariantCulture, $"{field.Label} must be {field.Min} or more.")
        : number > field.Max ? string.Create(CultureInfo.InvariantCulture, $"{field.Label} must be {field.Max} or less.")
        : null;

    private static string? Checkbox(FormField field, object value, bool required)
    {
        if (value is not bool ticked && !(value is string text && bool.TryParse(text, out ticked)))
            return $"{field.Label} is either ticked or not; answer true or false.";
        return required && !ticked ? $"{field.Label} must be ticked." : null;
    }

    private static string? Date(FormField field, object value) =>
        value is DateOnly or DateTime or DateTimeOffset
        || (value is string text && DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            ? null
            : $"{field.Label} is not a date; write it as 2026-03-02.";

    private static string? Words(FormField field, object value, Func<string, bool> fits, string kind)
    {
        if (value is not string text || !fits(text.Trim()))
            return $"{field.Label} is not {kind}.";
        if (field.Pattern is not { } pattern)
            return null;
        try
        {
            return Regex.IsMatch(text.Trim(), $"^(?:{pattern})\\z", RegexOptions.CultureInvariant, PatternTime)
                ? null
                : $"{field.Label} does not have the form that is asked for ({pattern}).";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"{field.Label} could not be checked in time; the pattern {pattern} is too slow and must be simplified in the playbook.";
        }
        catch (ArgumentException)
        {
            return $"{field.Label} could not be checked; the pattern {pattern} is not a regular expression and must be corrected in the playbook.";
        }
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && text.Length <= 254 && !text.Any(char.IsWhiteSpace)
            && text.LastIndexOf('.') is var dot && dot > at + 1 && dot < text.Length - 1;
    }

    private static bool IsPhone(string text) =>
        text.Count(char.IsAsciiDigit) is >= 5 and <= 15
        && text.All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')' or '.' or '/')
        && text.LastIndexOf('+') <= 0;
}
