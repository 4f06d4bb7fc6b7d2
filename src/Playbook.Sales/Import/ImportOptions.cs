using Playbook.Sales.Reps;

namespace Playbook.Sales.Import;

/// <summary>What the person who imports has to say about it. Everything has a default.</summary>
public sealed record ImportOptions
{
    /// <summary>Who imports.</summary>
    public string By { get; init; } = "";

    /// <summary>Our field by their column, before anything that is found by itself; an empty field leaves the column out.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>The roles that a sales agent gets where the file names none.</summary>
    public IReadOnlyList<string> DefaultRoles { get; init; } = [Role.Prospector, Role.FollowUp, Role.Closer];

    /// <summary>Our phase by their stage, before the ones that we know.</summary>
    public IReadOnlyDictionary<string, string> PhaseByStage { get; init; } = new Dictionary<string, string>();

    /// <summary>Sectors that are spelt right, besides the common ones.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>How to read 03/04/2026; null to find out from the column, day first in doubt.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>How many rows a preview shows as mapped.</summary>
    public int PreviewRows { get; init; } = 10;

    /// <summary>Reads <c>their column=our field</c>, as given on a command line.</summary>
    public static KeyValuePair<string, string> ParseMap(string text)
    {
        // The last one: a header may hold "=", a field of ours does not.
        var at = text.LastIndexOf('=');
        return at > 0
            ? new(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new FormatException($"\"{text}\" is no mapping. Write it as \"their column=our field\", for example \"Kundenavn=name\".");
    }
}

public enum DateOrder
{
    DayFirst,
    MonthFirst,
}
