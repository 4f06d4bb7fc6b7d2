using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Sending;

public sealed class DanishDefaultTests
{
    private const string Law = "En erhvervsdrivende må ikke rette henvendelse til nogen ved brug af elektronisk post";

    [Fact]
    public async Task A_cold_mail_to_a_Danish_company_contact_is_blocked_and_the_runs_history_quotes_the_law()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var contact = await trial.Contact(contact => contact with { Country = "DK", ConsentEmail = false });
        var run = await trial.Run("mail", contact.Id);
        await trial.Settle();

        Assert.Empty(trial.Mails);
        var history = (await trial.Get($"/api/runs/{run}/history")).ToJsonString();
        Assert.Contains("markedsføringsloven § 10", Readable(history), StringComparison.Ordinal);
        Assert.Contains(Law, Readable(history), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_verbal_opt_in_the_same_mail_goes_and_why_tells_both_decisions()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(
            folder, "convince", [Drawing.Message("cold", "hello"), Drawing.Step("call", ["Verbal opt-in", "No answer"]), Drawing.Message("warm", "hello")], ("hello.en.sbn", Playbooks.Greeting)));
        var contact = await trial.Contact(contact => contact with { Country = "DK", ConsentEmail = false });
        var run = await trial.Run("convince", contact.Id);
        await trial.Settle();
        Assert.Empty(trial.Mails);

        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "Verbal opt-in", ["by"] = "Karen Lund" });
        await trial.Settle();

        Assert.Single(trial.Mails);
        var messages = (JsonArray)(await trial.Get($"/api/runs/{run}"))["messages"]!;
        var cold = (JsonArray)await trial.Get($"/api/messages/{messages[0]!["id"]}/decisions");
        Assert.Equal(("block", "dk-mfl-10-1"), ((string)Assert.Single(cold)!["verdict"]!, (string)cold[0]!["ruleId"]!));
        Assert.Contains((JsonArray)cold[0]!["reasons"]!, reason => (string?)reason!["ruleId"] == "window" && (string?)reason["verdict"] == "permit");
        var warm = (JsonArray)await trial.Get($"/api/messages/{messages[1]!["id"]}/decisions");
        Assert.Equal("permit", (string?)Assert.Single(warm)!["verdict"]);
        Assert.Contains("Karen Lund, task ", (string?)warm[0]!["rule"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_hours_a_message_waits_and_goes_when_the_window_opens()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        trial.Clock.MoveTo(new(2026, 3, 6, 22, 0, 0, TimeSpan.Zero)); // a Friday night in London
        var contact = await trial.Contact();
        var run = await trial.Run("mail", contact.Id);
        await trial.Settle();
        Assert.Empty(trial.Mails);

        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "2.09:00:00" });
        Assert.Empty(trial.Mails);
        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "1.03:00:00" });

        Assert.Single(trial.Mails);
        var message = (await trial.Get($"/api/runs/{run}"))["messages"]![0]!;
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.Zero), DateTimeOffset.Parse((string)message["result"]!["at"]!, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromMinutes(1));
        var decisions = (JsonArray)await trial.Get($"/api/messages/{message["id"]}/decisions");
        Assert.Equal(["wait", "permit"], decisions.Select(decision => (string?)decision!["verdict"]));
    }

    [Fact]
    public async Task A_call_step_shows_what_the_policy_says_and_each_attempt_is_checked_anew()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calls", [Drawing.Phone("call", ["Interested", "No answer"])]));
        var contact = await trial.Contact(contact => contact with { Country = "DK", Phone = "+45 33 44 55 66", Email = null, ConsentEmail = false });
        await trial.Run("calls", contact.Id);
        var task = await trial.FirstTask();
        Assert.Equal("permit", (string?)(await trial.Get($"/api/tasks/{task}"))["leave"]!["verdict"]);

        await trial.Post("/api/suppressions", new JsonObject { ["entries"] = new JsonArray(new JsonObject { ["kind"] = "address", ["key"] = Sales.Consent.SuppressionKey.OfAddress("+45 33445566") }), ["reason"] = "asked on the phone" });

        Assert.Equal("block", (string?)(await trial.Get($"/api/tasks/{task}"))["leave"]!["verdict"]);
        var (_, leave) = await trial.Post($"/api/tasks/{task}/begin");
        Assert.Equal(("block", "suppressed"), ((string)leave["verdict"]!, (string)leave["ruleId"]!));
        Assert.Equal("suppressed", (string?)((JsonArray)await trial.Get($"/api/messages/{task}/decisions"))[0]!["ruleId"]);
    }

    private static string Readable(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
