using System.Globalization;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>An HTTP request, made by a worker; the answer comes back as a stimulus. In its flow form status codes are ports.</summary>
internal sealed class HttpRequestActivity(string type, string displayName, bool isFlow) : ActivityBehavior
{
    public override ActivityDescription Description { get; } = new(type, "HTTP", displayName, "Send an HTTP request.")
    {
        Inputs =
        [
            new("Url", "String", "The URL to send the request to.") { Required = true },
            new("Method", "String", "The HTTP method.") { Default = "GET", Editor = "dropdown", Options = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] },
            new("Content", "Object", "The content to send."),
            new("ContentType", "String", "The content type."),
            new("Authorization", "String", "The Authorization header."),
            new("RequestHeaders", "ObjectDictionary", "Additional headers."),
            new("ExpectedStatusCodes", isFlow ? "Int32[]" : "Object", "The status codes that are handled.") { Editor = isFlow ? "multitext" : "http-status-codes", Default = isFlow ? new object?[] { 200 } : null, SelfEvaluated = !isFlow },
        ],
        Outputs = [new("StatusCode", "Int32"), new("ParsedContent", "Object"), new("ResponseHeaders", "Object"), new("Result", "Object")],
        Outcomes = isFlow ? ["Done", "Unmatched status code", "Failed to connect", "Timeout"] : ["Done"],
        OutcomesFrom = isFlow ? "ExpectedStatusCodes" : null,
        Waits = true,
        TimeLimitInput = "Url",
    };

    public override void Execute(Turn turn, ActivityExecution self)
    {
        var url = turn.Input<string>(self, 0);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"'{url}' is no web address; give one that begins with http:// or https://.");
        var headers = new Dictionary<string, string>();
        if (turn.Input(self, 5) is IReadOnlyDictionary<string, object?> more)
            foreach (var (name, value) in more)
                headers[name] = ValueConversion.To(value, "String") as string ?? "";
        if (turn.Input<string>(self, 4) is { Length: > 0 } authorization)
            headers["Authorization"] = authorization;
        var content = turn.Input(self, 2);
        turn.Wait(self, Bookmark.Answer());
        turn.Emit(self, new Effect.CallHttp("answer", turn.Input<string>(self, 1) ?? "GET", parsed.AbsoluteUri)
        {
            Headers = headers,
            Body = content as string ?? (content is null ? null : System.Text.Json.JsonSerializer.Serialize(content)),
            ContentType = turn.Input<string>(self, 3) ?? (content is null ? null : "application/json"),
        });
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus)
    {
        var answer = (stimulus as Stimulus.Answered)?.Value as IReadOnlyDictionary<string, object?>;
        var status = answer?.GetValueOrDefault("status");
        turn.SetOutput(self, "StatusCode", ValueConversion.To(status, "Int32"));
        turn.SetOutput(self, "ParsedContent", answer?.GetValueOrDefault("content"));
        turn.SetOutput(self, "ResponseHeaders", answer?.GetValueOrDefault("headers"));
        turn.SetOutput(self, "Result", answer?.GetValueOrDefault("body"));
        var code = Convert.ToString(status, CultureInfo.InvariantCulture) ?? "";
        var error = answer?.GetValueOrDefault("error") as string;
        if (isFlow)
            turn.Complete(self, error is not null ? [error == "timeout" ? "Timeout" : "Failed to connect"] : Expected(turn, self).Contains(code) ? [code, "Done"] : ["Unmatched status code", "Done"]);
        else if (Branch(turn, self, error, code) is { } branch)
            turn.Schedule(self, branch);
        else if (error is not null)
            throw new InvalidOperationException($"The request failed: {answer!.GetValueOrDefault("reason") ?? error}.");
        else
            turn.Complete(self);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes) => turn.Complete(self);

    private static HashSet<string> Expected(Turn turn, ActivityExecution self) =>
        [.. Looping.Items(turn.Input(self, 6)).Select(c => Convert.ToString(c, CultureInfo.InvariantCulture) ?? "")];

    private static ActivityNode? Branch(Turn turn, ActivityExecution self, string? error, string code)
    {
        var node = turn.NodeOf(self);
        if (error is not null)
            return node.Child(error == "timeout" ? "timeout" : "failedToConnect");
        return node.Child($"status:{code}") ?? node.Child("unmatchedStatusCode");
    }
}
