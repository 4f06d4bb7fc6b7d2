using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Sales.Consent;
using Playbook.Server.Access;
using Playbook.Storage.Sending;

namespace Playbook.Server.Api.Suppressions;

/// <summary>Who must not be contacted.</summary>
internal static class SuppressionsApi
{
    public const int MostAtOnce = 5_000;

    private const int LongestText = 400;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/suppressions", Add).WithTags("Suppressions").WithSummary("Takes in entries of a suppression list; with complete, the list counts as fresh from now on");

    private static async Task<Results<Ok<Suppressed>, ProblemHttpResult>> Add(AddSuppressions body, CurrentPerson person, SendingLedger ledger, TimeProvider clock)
    {
        var (now, by) = (clock.GetUtcNow(), person.ActsAs(body.By));
        if (body.Entries is not { } entries || entries.Count > MostAtOnce)
            return Problems.Unprocessable(("entries", $"Send a list of at most {MostAtOnce} entries."));
        if (body.List is { } list && (list.Trim().Length == 0 || list.Length > 60))
            return Problems.Unprocessable(("list", "Name the list in 1 to 60 letters, such as robinson."));
        if (body.Complete && body.List is null)
            return Problems.Unprocessable(("list", "Only a list that has a name can be complete."));
        foreach (var (entry, at) in entries.Select((entry, at) => (entry, at)))
            if (entry is null || string.IsNullOrWhiteSpace(entry.Key) || entry.Key.Length > LongestText || !Enum.IsDefined(entry.Kind) || !entry.Key.StartsWith(entry.Kind.ToString().ToLowerInvariant() + ":", StringComparison.Ordinal))
                return Problems.Unprocessable(($"entries[{at}]", "An entry has a kind, and a key that begins with it and a colon; the command 'playbook suppress import' makes both from addresses."));
        var scope = string.IsNullOrWhiteSpace(body.Scope) ? ConsentEntry.Everything : body.Scope.Trim();
        var reason = string.IsNullOrWhiteSpace(body.Reason) ? (body.List is null ? "suppressed by hand" : $"on the list '{body.List}'") : body.Reason.Trim();
        if (reason.Length > LongestText || scope.Length > LongestText)
            return Problems.Unprocessable(("reason", $"Keep reason and scope below {LongestText} letters."));
        var added = await ledger.Suppress([.. entries.Select(entry => new Suppression
        {
            Id = Guid.CreateVersion7(now), Kind = entry.Kind, Key = entry.Key!, Scope = scope, Reason = reason, At = now, List = body.List?.Trim(), By = by,
        })]);
        if (body.Complete)
            await ledger.MarkTaken(new SuppressionList { Name = body.List!.Trim(), ImportedAt = now, Rows = body.Rows ?? entries.Count, By = by });
        return TypedResults.Ok(new Suppressed(added, entries.Count - added));
    }
}

/// <param name="List">The list that they come from; null for our own.</param>
/// <param name="Scope">A channel's id; null for everything.</param>
/// <param name="Complete">Whether this is the list's last part.</param>
/// <param name="Rows">How many rows the whole list had.</param>
internal sealed record AddSuppressions(string? List, string? Scope, string? Reason, string? By, bool Complete, long? Rows, IReadOnlyList<SuppressionItem>? Entries);

/// <param name="Key">The hash or id: see the documentation of suppressions.</param>
internal sealed record SuppressionItem(SuppressionKind Kind, string? Key);

internal sealed record Suppressed(int Added, int Known);
