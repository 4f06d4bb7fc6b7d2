using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Playbook.Server.Access;
using Playbook.Server.Tests.ElsaApi.Definitions;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Trace;

/// <summary>Everything that Studio was heard to ask of a real Elsa server, asked of ours in the same order.</summary>
public sealed class TraceTests(ITestOutputHelper output)
{
    private const string Playbook = "sales-playbook";

    /// <summary>Where our answers differ from the recorded ones on purpose: a part of the path, the member, and why.</summary>
    private static readonly (string Path, string Member, string Reason)[] Differences =
    [
        ("/descriptors/activities", "$.items[].inputs[].category", "our forms have no sections"),
        ("/descriptors/activities", "$.items[].inputs[].uiSpecifications", "what an editor is told depends on the activities that there are; it is compared per activity in ActivityDescriptorTests"),
        ("/descriptors/activities", "$.items[].customProperties.Resil", "we have no resilience strategies"),
        ("/workflow-definitions", ".dueDays", "a default stands in the descriptor, not in every activity"),
        ("/workflow-instances", "$.workflowState.activityExecutionContexts[]", "an ended run has nothing under way; what it went through is in its journal"),
        ("/activity-executions/list", "$.items[].outputs.Result", "an output that was never set is left out"),
        ("/activity-executions/by-id", "$.outputs.Answer", "an output that is bound to nothing is not kept"),
        ("/activity-executions", ".FlowScope.activitiesVisitCount.lost", "an activity that was skipped is in no journal, so it has no visits"),
        ("", ".payload.step", "what a bookmark carries is the activity's own affair"),
    ];

    /// <summary>Where our status differs on purpose.</summary>
    private static readonly (string Step, string Path, HttpStatusCode Status, string Reason)[] OtherStatuses =
    [
        ("publish", "/elsa/api/workflow-definitions", HttpStatusCode.BadRequest, "the new activity was never connected: an error, and errors stop publishing here"),
    ];

    private readonly HashSet<object> _used = [];
    private readonly List<string> _faults = [];

    [Fact]
    public async Task Every_recorded_exchange_is_answered_with_the_same_status_and_a_body_of_the_same_shape()
    {
        var (recorded, asked) = (0, 0);
        foreach (var run in JsonNode.Parse(Recorded.File("studio-trace.json"))!.AsArray())
        {
            await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "other", [Drawing.Line("a", "x")]), new AcmeStep());
            var ids = await Prepare(trial, withDraft: (string?)run!["run"] == "extra.json");
            // What else is in the recording are lines of the browser's console.
            foreach (var exchange in run["trace"]!.AsArray().OfType<JsonObject>().Where(one => one["status"] is not null))
            {
                recorded++;
                if (!IsAsked(exchange))
                    continue;
                asked++;
                await Ask(trial, exchange, ids);
            }
        }

        output.WriteLine($"{asked} asked of {recorded} recorded.");
        Assert.True(_faults.Count == 0, $"{_faults.Count}:\n{string.Join('\n', _faults.Distinct())}");
        // What no exchange needs any more is no difference.
        Assert.All(Differences, difference => Assert.Contains(difference, _used));
        Assert.All(OtherStatuses, other => Assert.Contains(other, _used));
        Assert.Equal((311, 258), (recorded, asked));
    }

    // What goes over a hub's connection once it stands is the hub's own; see HubTests.
    private static bool IsAsked(JsonObject exchange) => (string?)exchange["path"] is { } path && (!path.Contains("/hubs/", StringComparison.Ordinal) || path.EndsWith("/negotiate", StringComparison.Ordinal));

    private async Task Ask(TrialServer trial, JsonObject exchange, RecordedIds ids)
    {
        var (method, path) = ((string)exchange["method"]!, (string)exchange["path"]!);
        var what = $"{method} {path} ({exchange["scenario"]}, {exchange["step"]})";
        var query = string.Join('&', exchange["query"]!.AsObject().Select(value => $"{value.Key}={Uri.EscapeDataString(ids.Translate((string?)value.Value ?? ""))}"));
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{string.Join('/', path.Split('/').Select(ids.Translate))}{(query.Length == 0 ? "" : "?")}{query}");
        // Studio names its editor by the key and comes in by the browser's cookie; whoever had a token there has ours here.
        if ((string?)exchange["authorization"] is { } given && given.StartsWith("ApiKey ", StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("Authorization", given.Replace("ApiKey ", "ApiKey frame-", StringComparison.Ordinal));
            request.Headers.TryAddWithoutValidation("Cookie", (await trial.Member("owner", AccessRole.Admin)).Cookie);
            request.Headers.TryAddWithoutValidation("Origin", trial.Server.Url);
        }

        if (exchange["requestBody"] is { } body)
            request.Content = new StringContent(ids.Translate(body)!.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await trial.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        // A 404 or 401 in the recording is a gap of that server.
        var isGap = (int)exchange["status"]! is 404 or 401;
        var expected = isGap ? HttpStatusCode.OK : (HttpStatusCode)(int)exchange["status"]!;
        foreach (var other in OtherStatuses.Where(other => other.Step == (string?)exchange["step"] && other.Path == path && method == "POST" && other.Status == response.StatusCode))
        {
            _used.Add(other);
            return;
        }

        if (response.StatusCode != expected)
        {
            _faults.Add($"{what}: {(int)response.StatusCode} instead of {(int)expected}: {text[..Math.Min(300, text.Length)]}");
            return;
        }

        // What it answered there was that server's excuse, or a text for people.
        if (isGap || exchange["responseBody"] is not { } recorded || recorded is JsonValue)
            return;
        var answer = text.Length == 0 ? null : JsonNode.Parse(text);
        ids.Learn(recorded, answer);
        foreach (var missing in Recorded.Missing(recorded, answer))
            if (Differences.FirstOrDefault(difference => path.Contains(difference.Path, StringComparison.Ordinal) && missing.Contains(difference.Member, StringComparison.Ordinal)) is { Reason: not null } difference)
                _used.Add(difference);
            else
                _faults.Add($"{what}: no {missing}");
    }

    /// <summary>The playbook that was recorded, with the runs that were there: one that was won, one half done, one to cancel.</summary>
    private static async Task<RecordedIds> Prepare(TrialServer trial, bool withDraft)
    {
        var ids = new RecordedIds();
        var import = (JsonObject)JsonNode.Parse(Recorded.File("responses/playbook-import.json"))!;
        var designer = new Designer(trial);
        var (status, answer) = await designer.Send(HttpMethod.Post, "/workflow-definitions", new JsonObject { ["model"] = import["model"]!.DeepClone(), ["publish"] = true });
        Assert.True(status == HttpStatusCode.OK, answer?.ToJsonString());
        ids.Learn("85a79d7899434b5b", (string)answer!["workflowDefinition"]!["id"]!);
        ids.Learn("8929febea863a632", await Start(trial, "qualify", "proposal"));
        ids.Learn("6a7d1bc13e36bde4", await Start(trial, "qualify"));
        ids.Learn("4690fa319893e34", await Start(trial));
        // The last of the recorded runs began where another had ended.
        if (withDraft)
            Assert.Equal(HttpStatusCode.OK, (await designer.Send(HttpMethod.Post, "/workflow-definitions/import", JsonNode.Parse(Recorded.File("exported-definition.json")))).Status);
        return ids;
    }

    private static async Task<string> Start(TrialServer trial, params string[] done)
    {
        var (_, answer) = await new Designer(trial).Send(HttpMethod.Post, $"/workflow-definitions/{Playbook}/execute", new JsonObject { ["correlationId"] = "deal-1" });
        foreach (var step in done)
            Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/events/{step}", new JsonObject())).Status);
        return (string)answer!["workflowState"]!["id"]!;
    }
}
