using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Server.Demo;

/// <summary>How a step usually ends, and what is written down with it.</summary>
internal sealed class DemoOutcomes(Chance chance)
{
    private const double Rare = 0.06;

    /// <summary>How often, and how much more often with a contact who wants it.</summary>
    private static readonly Dictionary<string, (double Weight, double Heat)> Weights = new(StringComparer.Ordinal)
    {
        ["Ready"] = (.86, 0), ["Not our customer"] = (.14, -.1), ["Interested"] = (.2, .3), ["Verbal opt-in"] = (.12, .1), ["Objection"] = (.16, 0), ["No answer"] = (.34, -.1), ["Call back"] = (.08, 0), ["Not now"] = (.12, -.1),
        ["Never contact"] = (.02, -.02), ["Resolved"] = (.3, .4), ["Pain found"] = (.55, .35), ["No pain"] = (.25, -.2), ["Accept"] = (.9, 0), ["Return"] = (.1, 0), ["Fixed"] = (.9, 0), ["Cannot be fixed"] = (.1, 0),
        ["Receiver found"] = (.9, 0), ["Park it"] = (.1, 0), ["Booked"] = (.62, .3), ["No time found"] = (.22, -.1), ["Declined"] = (.1, -.08), ["Willing to meet"] = (.45, .3), ["Confirmed"] = (.75, .1), ["Wants another time"] = (.07, 0),
        ["Gaps closed"] = (.86, 0), ["Not worth a meeting"] = (.06, -.05), ["Prepared"] = (.95, 0), ["Reminded"] = (.85, 0), ["They came"] = (.8, .1), ["No show"] = (.12, -.08), ["Rebook"] = (.5, .2), ["Called off"] = (.04, 0),
        ["Pain confirmed"] = (.68, .2), ["Another meeting"] = (.12, 0), ["Ready to send"] = (.95, 0), ["Deal fell through"] = (.05, -.04), ["Posted"] = (.94, 0), ["Delivered by hand"] = (.06, 0), ["No address"] = (.05, 0),
        ["Yes"] = (.26, .35), ["No"] = (.2, -.15), ["New decision date"] = (.14, 0), ["New proposal"] = (.14, 0), ["Thinks it over"] = (.18, 0), ["Complete"] = (.94, 0), ["Try again later"] = (.55, 0), ["Lost for good"] = (.45, 0),
        ["Start over"] = (.15, 0), ["Let it grow"] = (.45, 0), ["Close it"] = (.4, 0), ["Signed"] = (.72, .2), ["Will sign"] = (.7, .1), ["Changed their mind"] = (.04, -.03), ["Back on track"] = (.5, .2), ["Lost"] = (.4, 0),
        ["Paid"] = (.74, 0), ["Instalments agreed"] = (.1, 0), ["Not paid yet"] = (.16, 0), ["Welcomed"] = (.78, .1), ["Has doubts"] = (.06, 0), ["Reassured"] = (.9, 0), ["Wants out"] = (.05, 0), ["Intake complete"] = (.8, 0),
        ["Goes ahead"] = (.75, 0), ["Needs a break"] = (.15, 0), ["Plan ready"] = (.9, 0), ["Need more input"] = (.1, 0), ["Got it"] = (.9, 0), ["Signed off"] = (.72, .1), ["Wants changes"] = (.14, 0), ["Convinced"] = (.8, 0),
        ["Introduced"] = (.85, 0), ["Found"] = (.95, 0), ["Healthy"] = (.62, .1), ["At risk"] = (.14, 0), ["Asks for more"] = (.14, .1), ["Renewed"] = (.7, .15), ["Will not renew"] = (.1, -.05), ["Need found"] = (.4, .2), ["No need now"] = (.35, 0),
    };

    /// <summary>One of the step's outcomes.</summary>
    /// <param name="about">The lead and the step, with how often it came up: what chance goes by.</param>
    public string Choose(IReadOnlyList<string> outcomes, double heat, string skill, string about)
    {
        // Nobody is a plain average: one closes better, another opens better.
        var luck = (0.85 + (0.3 * chance.Of(skill, "skill"))) * heat;
        var weights = outcomes.Select(outcome => Weights.TryGetValue(outcome, out var known) ? Math.Max(0.005, known.Weight + (known.Heat * (luck - 0.45) * 1.6)) : Rare).ToList();
        var at = chance.Of(about, "outcome") * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
            if ((at -= weights[i]) < 0)
                return outcomes[i];
        return outcomes[^1];
    }

    /// <summary>What is written down: all that the outcome needs, and often what it does not.</summary>
    public Dictionary<string, object?> Fill(Effect.OpenTask task, string outcome, decimal value, DateTimeOffset now, string about)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in task.Fields)
        {
            var needed = field.Required && (field.RequiredFor.Count == 0 || field.RequiredFor.Contains(outcome));
            var fits = field.RequiredFor.Count == 0 || field.RequiredFor.Contains(outcome);
            if (needed || (fits && !IsAboutWill(field.Name) && chance.Of(about, field.Name, "given") < 0.7))
                fields[field.Name] = Value(field, value, now, about);
        }

        return fields;
    }

    // A word that was not said must not be written down: it would be a consent, or a no.
    private static bool IsAboutWill(string field) => field is "consent_wording" or "stop_wording" or "consent_for" or "new_email" or "new_phone" or "call_back_at";

    private object Value(FormField field, decimal value, DateTimeOffset now, string about) => field.Type switch
    {
        "number" => (double)Clamp(field, field.Name.EndsWith("value", StringComparison.Ordinal) ? value : chance.Between(1, 9, about, field.Name)),
        "checkbox" => true,
        "choice" => chance.Pick(field.Options, about, field.Name),
        "date" => Day(field.Name, now, about).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "datetime" => Workday(now.AddDays(chance.Between(2, 9, about, field.Name))).AddHours(chance.Between(9, 15, about, field.Name, "hour")).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        "email" => "reception@beacon.example",
        "phone" => "+45 70 20 30 40",
        _ => DemoWords.Of(field.Name, chance, about),
    };

    private DateTime Day(string field, DateTimeOffset now, string about) => field switch
    {
        // Terms are a year; in the demo's short year, some run out soon enough to be renewed.
        "term_end" => now.UtcDateTime.AddDays(chance.Between(110, 300, about, field)),
        "new_term_end" => now.UtcDateTime.AddDays(365),
        "signed_on" or "paid_on" or "signed_off_on" => now.UtcDateTime,
        "start_date" => Workday(now.AddDays(chance.Between(10, 40, about, field))),
        _ => Workday(now.AddDays(chance.Between(3, 16, about, field))),
    };

    private static DateTime Workday(DateTimeOffset day)
    {
        var date = day.UtcDateTime.Date;
        return date.DayOfWeek switch { DayOfWeek.Saturday => date.AddDays(2), DayOfWeek.Sunday => date.AddDays(1), _ => date };
    }

    private static decimal Clamp(FormField field, decimal number) => Math.Max(field.Min ?? number, Math.Min(field.Max ?? number, number));
}
