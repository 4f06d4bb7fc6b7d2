using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Server.ElsaApi.Definitions.Saving;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Publishing;

/// <summary>Publishing and taking back.</summary>
internal static class PublishingApi
{
    private const string Reason = "published in the designer";
    private const string RetractReason = "unpublished in the designer";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-definitions/{definitionId}/publish", Publish).WithSummary("Publishes the latest version; errors stop it, warnings do not");
        api.MapPost("/workflow-definitions/{definitionId}/retract", Retract).WithSummary("Takes the published version back");
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishMany);
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractMany);
    }

    private static async Task<IResult> Publish(
        string definitionId, HttpContext context, DefinitionStore store, Server.Definitions.Publishing publishing, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        if (await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is not { } latest)
            return ReadingApi.Unknown(definitionId);
        var published = latest.IsPublished ? latest : await publishing.Publish(definitionId, Reason, ElsaCaller.Of(context).By, cancellationToken);
        return SavingApi.Answer(context, await definitions.Show(published, cancellationToken), published, latest.IsPublished);
    }

    private static async Task<IResult> Retract(string definitionId, HttpContext context, DefinitionStore store, StoredDefinitions definitions, CancellationToken cancellationToken)
    {
        if (await store.Get(definitionId, VersionChoice.Latest, cancellationToken) is null)
            return ReadingApi.Unknown(definitionId);
        if (await store.Get(definitionId, VersionChoice.Published, cancellationToken) is null)
            return ElsaErrors.Of($"'{definitionId}' is not published, so there is nothing to take back.");
        var retracted = await store.Retract(definitionId, RetractReason, ElsaCaller.Of(context).By, cancellationToken);
        return ElsaJson.Answer((await definitions.Show(retracted, cancellationToken)).Wire);
    }

    private static async Task<IResult> PublishMany(HttpContext context, DefinitionStore store, Server.Definitions.Publishing publishing, CancellationToken cancellationToken)
    {
        var answer = new PublishedMany();
        foreach (var id in await IdList.Read(context, "definitionIds", cancellationToken))
        {
            if (await store.Get(id, VersionChoice.Latest, cancellationToken) is not { } latest)
                answer.NotFound.Add(id);
            else if (latest.IsPublished)
                answer.AlreadyPublished.Add(id);
            else
                await PublishOne(id, answer, publishing, ElsaCaller.Of(context).By, cancellationToken);
        }

        return ElsaJson.Answer(answer);
    }

    private static async Task PublishOne(string id, PublishedMany answer, Server.Definitions.Publishing publishing, string by, CancellationToken cancellationToken)
    {
        try
        {
            await publishing.Publish(id, Reason, by, cancellationToken);
            answer.Published.Add(id);
        }
        catch (Exception refused) when (refused is PlaybookErrorsException or DefinitionConflictException)
        {
            // One that cannot be published must not keep the others from it; why stands in the answer.
            answer.Failed.Add(id);
            answer.Warnings[id] = [refused.Message];
        }
    }

    private static async Task<IResult> RetractMany(HttpContext context, DefinitionStore store, CancellationToken cancellationToken)
    {
        var answer = new RetractedMany();
        foreach (var id in await IdList.Read(context, "definitionIds", cancellationToken))
        {
            if (await store.Get(id, VersionChoice.Latest, cancellationToken) is null)
            {
                answer.NotFound.Add(id);
            }
            else if (await store.Get(id, VersionChoice.Published, cancellationToken) is null)
            {
                answer.AlreadyRetracted.Add(id);
            }
            else
            {
                await store.Retract(id, RetractReason, ElsaCaller.Of(context).By, cancellationToken);
                answer.Retracted.Add(id);
            }
        }

        return ElsaJson.Answer(answer);
    }
}

internal sealed record PublishedMany
{
    public List<string> Published { get; } = [];
    public List<string> AlreadyPublished { get; } = [];
    public List<string> NotFound { get; } = [];
    public List<string> Skipped { get; } = [];
    public List<string> UpdatedConsumers { get; } = [];
    public List<string> Failed { get; } = [];
    public Dictionary<string, IReadOnlyList<string>> Warnings { get; } = [];
}

internal sealed record RetractedMany
{
    public List<string> Retracted { get; } = [];
    public List<string> AlreadyRetracted { get; } = [];
    public List<string> Skipped { get; } = [];

    /// <summary>The same again, under Elsa's older name.</summary>
    public IReadOnlyList<string> NotPublished => AlreadyRetracted;

    public List<string> NotFound { get; } = [];
}
