using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Playbook.Server.Access;
using Playbook.Storage;
using Playbook.Storage.Privacy;
using Playbook.Storage.Sending;

namespace Playbook.Server.Api.Privacy;

/// <summary>What a person may ask for: all that is stored about them (GDPR, articles 15 and 20), and to be erased (article 17).</summary>
internal static class PrivacyApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var privacy = api.MapGroup("/privacy").WithTags("Privacy");
        privacy.MapGet("/contacts/{id:guid}", Export).WithSummary("All that is stored about a person");
        privacy.MapPost("/contacts/{id:guid}/erase", Erase).WithSummary("Erases a person; what remains are hashes that keep them from being contacted");
        privacy.MapGet("/receipts/{id:guid}", Receipt).WithSummary("The receipt of an erasure; with contact, whether it was that one");
    }

    private static async Task<Results<Ok<PersonExport>, ProblemHttpResult>> Export(Guid id, PersonFile person, CancellationToken cancellationToken) =>
        await person.Export(id, cancellationToken) is { } export ? TypedResults.Ok(export) : Unknown(id);

    private static async Task<Results<Ok<ReceiptAnswer>, ProblemHttpResult>> Erase(Guid id, ErasePerson? body, CurrentPerson person, PersonFile file, CancellationToken cancellationToken) =>
        await file.Erase(id, person.ActsAs(body?.By), cancellationToken) is { } receipt ? TypedResults.Ok(ReceiptAnswer.Of(receipt, id)) : Unknown(id);

    private static async Task<Results<Ok<ReceiptAnswer>, ProblemHttpResult>> Receipt(Guid id, Guid? contact, IDbContextFactory<PlaybookDb> databases, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Erasures.AsNoTracking().SingleOrDefaultAsync(receipt => receipt.Id == id, cancellationToken) is { } found
            ? TypedResults.Ok(ReceiptAnswer.Of(found, contact))
            : Problems.NotFound($"There is no receipt {id}.");
    }

    private static ProblemHttpResult Unknown(Guid id) => Problems.NotFound($"There is no contact {id}. It may have been erased before; its receipt tells.");
}

internal sealed record ErasePerson(string? By);

/// <param name="IsThatContact">Whether it was the contact asked about; null where none was named.</param>
/// <param name="Removed">How much was removed or blanked, by table.</param>
internal sealed record ReceiptAnswer(Guid Receipt, DateTimeOffset At, string? By, bool? IsThatContact, System.Text.Json.Nodes.JsonNode? Removed)
{
    public static ReceiptAnswer Of(ErasureReceipt receipt, Guid? contact) => new(
        receipt.Id, receipt.At, receipt.By, contact is { } id ? PersonEraser.SubjectHash(id) == receipt.Subject : null, System.Text.Json.Nodes.JsonNode.Parse(receipt.Removed));
}
