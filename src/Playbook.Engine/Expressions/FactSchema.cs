namespace Playbook.Engine.Expressions;

/// <summary>The members that scripts and expressions may read of the subject's facts.</summary>
public static class FactSchema
{
    /// <summary>Members by fact; a fact without an entry has no fixed members.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Members { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["contact"] = ["id", "name", "first_name", "last_name", "email", "phone", "title", "language", "country", "time_zone", "consent_email", "is_consumer", "linkedin", "score", "street", "postal_code", "city", "region", "address"],
        ["account"] = ["id", "name", "sector", "employees", "revenue", "country", "parent"],
        ["opportunity"] = ["id", "name", "product", "value", "phase", "stage", "engaged_on", "closes_on", "owner"],
        ["rep"] = ["id", "name", "first_name", "email", "phone", "role", "company"],
    };

    /// <summary>Every name that may stand at the top: the facts, <c>previous</c> and <c>now</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Members.Keys, "previous", "now"];

    /// <summary>Whether the fact has fixed members and this is none of them.</summary>
    public static bool IsUnknown(string fact, string member) =>
        Members.TryGetValue(fact, out var members) && !members.Contains(member, StringComparer.Ordinal);
}
