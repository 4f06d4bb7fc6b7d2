using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

/// <summary>Works with definitions as Studio does: an open editor that sends back what its model knows of what it loaded.</summary>
internal sealed class Designer(TrialServer trial, string? editor = "editor-1", string? name = null)
{
    private static readonly string[] Model =
        ["definitionId", "name", "description", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "isReadonly", "options", "root", "links", "createdAt", "version", "isLatest", "isPublished", "id"];

    private static readonly string[] Options =
        ["activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName"];

    public async Task<JsonObject> Open(string definitionId) =>
        (JsonObject)(await Send(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest")).Answer!;

    /// <summary>Saves, and gives the definition as it is then.</summary>
    public async Task<JsonObject> Save(JsonObject definition, bool publish = false)
    {
        var (status, answer) = await TrySave(definition, publish);
        Assert.True(status == HttpStatusCode.OK, $"{status} {answer}");
        return (JsonObject)answer!["workflowDefinition"]!;
    }

    public Task<(HttpStatusCode Status, JsonNode? Answer)> TrySave(JsonObject definition, bool publish = false) =>
        Send(HttpMethod.Post, "/workflow-definitions", new JsonObject { ["model"] = Known(definition), ["publish"] = publish });

    public async Task<(HttpStatusCode Status, JsonNode? Answer)> Send(HttpMethod method, string path, JsonNode? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, ElsaClient.Api + path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (editor is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"ApiKey frame-{editor}");
        request.Headers.TryAddWithoutValidation("Cookie", (await trial.Member(name ?? "designer")).Cookie);
        request.Headers.TryAddWithoutValidation("Origin", trial.Server.Url);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await trial.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>What is left of a definition in a client that keeps only what its model knows, with nulls for what is missing.</summary>
    public static JsonObject Known(JsonObject definition)
    {
        var model = new JsonObject();
        foreach (var member in Model)
            model[member] = definition[member]?.DeepClone();
        if (model["options"] is JsonObject options)
        {
            var known = new JsonObject();
            foreach (var option in Options)
                known[option] = options[option]?.DeepClone();
            model["options"] = known;
        }

        return model;
    }

    public static JsonObject Activity(JsonObject definition, string id) => definition["root"]!["activities"]!.AsArray().OfType<JsonObject>().Single(activity => (string?)activity["id"] == id);

    public static string Said(JsonNode? problem) => string.Join(" ", problem!["errors"]!.AsObject().SelectMany(error => error.Value!.AsArray()).Select(message => (string)message!));
}
