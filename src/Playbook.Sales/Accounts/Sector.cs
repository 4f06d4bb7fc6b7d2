using Playbook.Sales.Import;

namespace Playbook.Sales.Accounts;

/// <summary>The usual names of sectors, to correct slips by. Other names are welcome and stay as they are.</summary>
public static class Sector
{
    public static IReadOnlyList<string> Common { get; } =
    [
        "agriculture", "automotive", "banking", "biotechnology", "chemicals", "construction", "consulting", "consumer goods",
        "defence", "education", "electronics", "employment", "energy", "engineering", "entertainment", "fashion", "finance",
        "food", "government", "healthcare", "hospitality", "insurance", "legal", "logistics", "manufacturing", "marketing",
        "media", "medical", "mining", "non-profit", "pharmaceuticals", "real estate", "recreation", "retail", "services",
        "shipping", "software", "technology", "telecommunications", "tourism", "transportation", "utilities", "wholesale",
        "landbrug", "byggeri", "uddannelse", "energi", "finans", "sundhed", "industri", "medier", "detailhandel", "transport",
        "teknologi", "engroshandel", "rådgivning", "forsikring", "ejendomme",
    ];

    /// <summary>The sector that was meant; null where the name is right or unlike any that we know.</summary>
    public static string? Correct(string sector, IReadOnlyList<string> more)
    {
        var known = Common.Concat(more);
        var key = NameKey.Of(sector);
        return known.Any(name => NameKey.Of(name) == key) ? null : Closest.Find(sector, known);
    }
}
