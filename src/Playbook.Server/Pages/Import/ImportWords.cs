using Microsoft.Extensions.Localization;
using Playbook.Sales.Import;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Pages.Import;

/// <summary>What an import did or would do, in words.</summary>
public sealed class ImportWords(IStringLocalizer<Texts> L)
{
    public string Kind(ImportKind kind) => kind switch
    {
        ImportKind.Products => L["products"], ImportKind.Teams => L["our people"], ImportKind.Accounts => L["Accounts"].Small(), ImportKind.Contacts => L["Contacts"].Small(), _ => L["Opportunities"].Small(),
    };

    public string Outcome(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Created => L["new"], RowOutcome.Updated => L["Changed"].Small(), RowOutcome.Unchanged => L["the same"], RowOutcome.LinkedWithWarning => L["linked, spelt differently"], RowOutcome.SkippedDuplicate => L["there twice"], _ => L["left out"],
    };

    /// <summary>"84 new, 1 changed, 3 left out".</summary>
    public string Counts(ImportCounts counts)
    {
        var parts = new (int Count, RowOutcome Outcome)[]
        {
            (counts.Created, RowOutcome.Created), (counts.Updated, RowOutcome.Updated), (counts.Unchanged, RowOutcome.Unchanged), (counts.LinkedWithWarning, RowOutcome.LinkedWithWarning),
            (counts.SkippedDuplicate, RowOutcome.SkippedDuplicate), (counts.Rejected, RowOutcome.Rejected),
        }.Where(part => part.Count > 0).Select(part => $"{Languages.Whole(part.Count)} {Outcome(part.Outcome)}");
        return string.Join(", ", parts) is { Length: > 0 } words ? words : L["no rows"];
    }

    /// <summary>The fields that a column may go to, the kind's own names first in the alphabet.</summary>
    public static IReadOnlyList<string> Fields(ImportKind kind) => [.. ImportFields.For(kind).Select(field => field.Name).Order(StringComparer.Ordinal)];

    public static string Label(string field) => field.Replace('_', ' ');

    /// <summary>"88 rows: 84 new, 1 changed, 3 left out."</summary>
    public string Sum(ImportCounts counts) => L["{0} rows: {1}.", Languages.Whole(counts.Rows), Counts(counts)];
}
