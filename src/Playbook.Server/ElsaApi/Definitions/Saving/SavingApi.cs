using System.Globalization;
using System.Text.Json.Nodes;
using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Saving;

/// <summary>Saving a draft, as Studio does after every change, and publishing it in the same call.</summary>
internal static class SavingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-definitions", Save).WithSummary("Saves a definition as a draft, and publishes it where asked");
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version}", Revert).WithSummary("Makes an older version the draft");
    }

    private static async Task<IResult> Save(
        HttpContext context, Saver saver, Server.Definitions.Publishing publishing, StoredDefinitions definitions, OpenEditors editors, CancellationToken cancellationToken)
    {
        var body = await Bodies.Read(context.Request, cancellationToken);
        if (body["model"] is not JsonObject model)
            return ElsaErrors.Of("The body holds no definition. Send {\"model\": {…}, \"publish\": false}.");
        var caller = ElsaCaller.Of(context);
        var saved = await saver.Save(model, Stamps.Of(context.Request, Json.Text(model["createdAt"])), caller, cancellationToken);
        editors.Opened(caller.Editor, saved.DefinitionId);
        // What was drawn is kept even where its errors stop it from being published.
        if (Json.Flag(body["publish"]))
            saved = await publishing.Publish(saved.DefinitionId, "published in the designer", caller.By, cancellationToken);
        return Answer(context, await definitions.Show(saved, cancellationToken), saved, alreadyPublished: false);
    }

    internal static IResult Answer(HttpContext context, WireDocument shown, DefinitionVersion version, bool alreadyPublished)
    {
        context.Response.Headers.ETag = Stamps.ETag(version);
        return ElsaJson.Answer(new { workflowDefinition = shown.Wire, alreadyPublished, consumingWorkflowCount = 0, validationErrors = Array.Empty<string>() });
    }

    private static async Task<IResult> Revert(string definitionId, string version, HttpContext context, DefinitionStore store, CancellationToken cancellationToken)
    {
        if (!int.TryParse(version, CultureInfo.InvariantCulture, out var number) || number < 1 || await store.Get(definitionId, VersionChoice.Of(number), cancellationToken) is not { } old)
            return ReadingApi.Unknown(definitionId);
        var content = new DefinitionContent(old.Name, old.Json, await store.Texts(old.Id, cancellationToken), old.ByteOrderMark);
        var draft = await store.SaveDraft(definitionId, content, ElsaCaller.Of(context).By, $"version {number} again", cancellationToken: cancellationToken);
        return new Located(ElsaJson.Answer(DefinitionSummary.Of(draft, withLinks: false), StatusCodes.Status201Created), $"{ElsaPath.Root}/workflow-definitions/by-id/{draft.Id}");
    }
}
