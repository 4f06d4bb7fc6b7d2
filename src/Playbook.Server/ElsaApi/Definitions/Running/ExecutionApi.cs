using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Runs;
using Playbook.Server.Api;
using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Server.ElsaApi.Instances;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Running;

/// <summary>Starting runs of a definition, of a draft too.</summary>
internal static class ExecutionApi
{
    private const int MostAtOnce = 1000;
    private static readonly string[] Verbs = ["GET", "POST"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/execute", Verbs, Execute).WithSummary("Starts a run and answers with its state");
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", Dispatch).WithSummary("Starts a run and answers with its id");
        api.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", BulkDispatch).WithSummary("Starts several runs");
    }

    private static async Task<IResult> Execute(
        string definitionId, HttpContext context, StoredDefinitions definitions, DefinitionStore store, DefinitionCache cache, RunHost host, RunPaths paths, CancellationToken cancellationToken)
    {
        var request = await RequestValues.Read(context.Request, cancellationToken);
        if (await Begin(definitionId, request, definitions, store, cancellationToken) is not { } version)
            return ReadingApi.Unknown(definitionId);
        var run = await Start(version, request, null, cache, host, cancellationToken);
        // A run that stands at an incident is no fault of the call: it is in the answer and waits for somebody to mend it.
        context.Response.Headers["x-elsa-workflow-instance-id"] = RunIds.Of(run.Id);
        context.Response.Headers["x-elsa-workflow-cannot-start"] = "False";
        context.Response.Headers["x-elsa-response"] = "true";
        return ElsaJson.Answer(new { workflowState = InstanceState.Of((await paths.Find(run.Id, cancellationToken))!) });
    }

    private static async Task<IResult> Dispatch(
        string definitionId, HttpContext context, StoredDefinitions definitions, DefinitionStore store, DefinitionCache cache, RunHost host, CancellationToken cancellationToken)
    {
        var request = await RequestValues.Read(context.Request, cancellationToken);
        var wanted = request.Text("instanceId");
        var id = RunIds.Parse(wanted);
        if (wanted is { Length: > 0 } && id is null)
            return ElsaErrors.Of($"'{wanted}' cannot be the id of a run. Send a GUID, or none to be given one.");
        if (await Begin(definitionId, request, definitions, store, cancellationToken) is not { } version)
            return ReadingApi.Unknown(definitionId);
        return ElsaJson.Answer(new { workflowInstanceId = RunIds.Of((await Start(version, request, id, cache, host, cancellationToken)).Id) });
    }

    private static async Task<IResult> BulkDispatch(
        string definitionId, HttpContext context, StoredDefinitions definitions, DefinitionStore store, DefinitionCache cache, RunHost host, CancellationToken cancellationToken)
    {
        var request = await RequestValues.Read(context.Request, cancellationToken);
        var count = request.Number("count", 1, MostAtOnce) ?? 1;
        if (request.Problem is { } problem)
            return problem;
        if (await Begin(definitionId, request, definitions, store, cancellationToken) is not { } version)
            return ReadingApi.Unknown(definitionId);
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add(RunIds.Of((await Start(version, request, null, cache, host, cancellationToken)).Id));
        return ElsaJson.Answer(new { workflowInstanceIds = ids });
    }

    /// <summary>The version that is meant; one that is still a draft stays as it is from now on.</summary>
    private static async Task<DefinitionVersion?> Begin(string definitionId, RequestValues request, StoredDefinitions definitions, DefinitionStore store, CancellationToken cancellationToken)
    {
        var options = VersionOptions.Parse(request.Text("versionOptions")) ?? VersionOptions.Published;
        // Asked before anything is pinned or started.
        Input(request);
        return await definitions.Find(definitionId, options, cancellationToken) is { } version ? await store.Pin(version.Id, cancellationToken) : null;
    }

    private static async Task<RunState> Start(DefinitionVersion version, RequestValues request, Guid? id, DefinitionCache cache, RunHost host, CancellationToken cancellationToken)
    {
        var playbook = await cache.Version(version.Id, cancellationToken);
        var trigger = request.Text("triggerActivityId");
        if (!string.IsNullOrEmpty(trigger) && playbook.Definition.Nodes.All(node => node.Id != trigger))
            throw new DocumentException($"There is no activity '{trigger}' in version {version.Version} of \"{version.Name}\" to start at.");
        return await host.Start(playbook.Definition, new StartRequest
        {
            Id = id, Input = Input(request), CorrelationId = request.Text("correlationId") is { Length: > 0 } correlation ? correlation : null, TriggerActivityId = string.IsNullOrEmpty(trigger) ? null : trigger,
        }, cancellationToken);
    }

    private static IReadOnlyDictionary<string, object?> Input(RequestValues request)
    {
        var given = request.Find("input");
        // In a query it is JSON written as text.
        if (given is { ValueKind: JsonValueKind.Array } query && query.GetArrayLength() == 1 && query[0].ValueKind == JsonValueKind.String)
            given = query[0].GetString() is { Length: > 0 } text ? Parse(text) : null;
        return PlainValues.OfObject("input", given);
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException broken)
        {
            throw new DocumentException($"'input' is not JSON: {broken.Message}", broken);
        }
    }
}
