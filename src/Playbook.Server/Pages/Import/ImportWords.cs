using System.Globalization;
using Playbook.Sales.Import;

namespace Playbook.Server.Pages.Import;

/// <summary>What an import did or would do, in words.</summary>
internal static class ImportWords
{
    public static string Kind(ImportKind kind) => kind switch
    {
        ImportKind.Products => "products", ImportKind.Teams => "our people", ImportKind.Accounts => "accounts", ImportKind.Contacts => "contacts", _ => "opportunities",
    };

    public static string Outcome(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Created => "new", RowOutcome.Updated => "changed", RowOutcome.Unchanged => "the same", RowOutcome.LinkedWithWarning => "linked, spelt differently", RowOutcome.SkippedDuplicate => "there twice", _ => "left out",
    };

    /// <summary>"84 new, 1 changed, 3 left out".</summary>
    public static string Counts(ImportCounts counts)
    {
        var parts = new (int Count, RowOutcome Outcome)[]
        {
            (counts.Created, RowOutcome.Created), (counts.Updated, RowOutcome.Updated), (counts.Unchanged, RowOutcome.Unchanged), (counts.LinkedWithWarning, RowOutcome.LinkedWithWarning),
            (counts.SkippedDuplicate, RowOutcome.SkippedDuplicate), (counts.Rejected, RowOutcome.Rejected),
        }.Where(part => part.Count > 0).Select(part => $"{Number(part.Count)} {Outcome(part.Outcome)}");
        return string.Join(", ", parts) is { Length: > 0 } words ? words : "no rows";
    }

    /// <summary>The fields that a column may go to, the kind's own names first in the alphabet.</summary>
    public static IReadOnlyList<string> Fields(ImportKind kind) => [.. ImportFields.For(kind).Select(field => field.Name).Order(StringComparer.Ordinal)];

    public static string Label(string field) => field.Replace('_', ' ');

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
