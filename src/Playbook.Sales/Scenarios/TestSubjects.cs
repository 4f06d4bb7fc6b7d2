using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Sales.Accounts;
using Playbook.Sales.Subjects;

namespace Playbook.Sales.Scenarios;

/// <summary>Invented people to try scripts and playbooks on: one of whom all is known, and one of whom hardly anything is.</summary>
public static class TestSubjects
{
    /// <summary>The id of both; no record has it.</summary>
    public const string Id = "00000000-0000-7000-8000-00000000ada0";

    private static readonly Dictionary<string, (string Country, string Zone, string Phone, string Street, string Code, string City)> Places = new(StringComparer.Ordinal)
    {
        ["da"] = ("DK", "Europe/Copenhagen", "+45 33 44 55 66", "Havnegade 7", "1058", "København K"),
        ["de"] = ("DE", "Europe/Berlin", "+49 30 5550123", "Hafenstraße 7", "10115", "Berlin"),
        ["no"] = ("NO", "Europe/Oslo", "+47 22 55 01 23", "Havnegata 7", "0150", "Oslo"),
        ["sv"] = ("SE", "Europe/Stockholm", "+46 8 555 0123", "Hamngatan 7", "111 47", "Stockholm"),
        ["en"] = ("GB", "Europe/London", "+44 20 7946 0123", "7 Harbour Street", "SE1 9TG", "London"),
    };

    private static readonly HashSet<string> Personal = new(["id", "name", "first_name", "last_name", "email", "phone", "linkedin", "owner", "parent", "street", "postal_code", "city", "address"], StringComparer.Ordinal);

    /// <summary>Ada Test, of whom everything is known.</summary>
    /// <param name="language">Two letters; decides where she lives.</param>
    /// <param name="company">Our own company's name.</param>
    /// <param name="consentEmail">Whether she agreed to get e-mail.</param>
    public static Subject Typical(string language, string? company = null, bool consentEmail = true)
    {
        var (country, zone, phone, street, code, city) = Places.GetValueOrDefault(language, Places["en"]);
        return new Subject(SubjectFacts.ContactKind, Id, new Dictionary<string, object?>
        {
            ["contact"] = Facts("contact", ("id", Id), ("name", "Ada Test"), ("first_name", "Ada"), ("last_name", "Test"), ("email", "ada@test.example"), ("phone", phone),
                ("title", "Head of operations"), ("language", language), ("country", country), ("time_zone", zone), ("consent_email", consentEmail), ("do_not_contact", false),
                ("is_consumer", false), ("linkedin", "https://www.linkedin.com/in/ada-test"), ("score", 62.0),
                ("street", street), ("postal_code", code), ("city", city), ("address", $"Test & Sons\n{street}\n{(country == "GB" ? $"{city}\n{code}" : $"{code} {city}")}\n{Country.NameOf(country)}")),
            ["account"] = Facts("account", ("id", "00000000-0000-7000-8000-00000000acc0"), ("name", "Test & Sons"), ("sector", "manufacturing"), ("employees", 120L), ("revenue", 24_000_000.0),
                ("country", country), ("parent", "Test Group")),
            ["opportunity"] = Facts("opportunity", ("id", "00000000-0000-7000-8000-0000000005a1"), ("name", "Test & Sons: first order"), ("product", "Starter"), ("value", 18_500.0),
                ("phase", "lead-generation"), ("stage", "Prospecting"), ("engaged_on", "2026-02-02"), ("closes_on", "2026-05-29"), ("owner", "Karen Lund")),
            ["rep"] = Facts("rep", ("id", "00000000-0000-7000-8000-0000000004e0"), ("name", "Karen Lund"), ("first_name", "Karen"), ("email", "karen@sales.example"), ("phone", "+45 20 30 40 50"),
                ("role", "prospector"), ("company", company ?? "Sales House, Havnegade 1, 1058 Copenhagen K")),
        });
    }

    /// <summary>Somebody of whom only the name is known: every optional field is empty, and there is no account, sale or rep.</summary>
    /// <param name="language">Two letters; null for not known.</param>
    public static Subject Worst(string? language = null) => new(SubjectFacts.ContactKind, Id, new Dictionary<string, object?>
    {
        ["contact"] = Facts("contact", ("id", Id), ("name", "A. Test"), ("language", language), ("consent_email", false), ("do_not_contact", false), ("is_consumer", false)),
        ["account"] = Facts("account"),
        ["opportunity"] = Facts("opportunity"),
        ["rep"] = Facts("rep"),
    });

    /// <summary>The same subject without anything by which a real person could be known; what decides the way stays.</summary>
    public static Subject Anonymous(Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var known = (IReadOnlyDictionary<string, object?>)Typical("en").Facts;
        var facts = subject.Facts.ToDictionary(fact => fact.Key, fact => Anonymous(fact.Value, known.GetValueOrDefault(fact.Key)), StringComparer.Ordinal);
        var id = facts.GetValueOrDefault(subject.Kind) is IReadOnlyDictionary<string, object?> own ? own.GetValueOrDefault("id") as string : null;
        return new Subject(subject.Kind, id ?? Id, facts);
    }

    private static object? Anonymous(object? fact, object? known)
    {
        if (fact is not IReadOnlyDictionary<string, object?> members || known is not IReadOnlyDictionary<string, object?> invented)
            return fact;
        return members.ToDictionary(
            member => member.Key,
            member => member.Value is not null && Personal.Contains(member.Key) ? invented.GetValueOrDefault(member.Key) : member.Value,
            StringComparer.Ordinal);
    }

    /// <summary>All members that scripts may ask for, so that none is unknown.</summary>
    private static Dictionary<string, object?> Facts(string fact, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var facts = FactSchema.Members[fact].ToDictionary(name => name, _ => (object?)null, StringComparer.Ordinal);
        foreach (var (name, value) in values)
            facts[name] = value;
        return facts;
    }
}
