using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Api;

public sealed class TaskApiTests
{
    [Fact]
    public async Task A_run_waits_at_its_first_task_and_goes_on_when_that_is_completed()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var contact = await trial.Contact();
        var run = await trial.Run("outreach", contact.Id);

        var task = await trial.FirstTask("?role=prospector");
        var (status, answer) = await trial.Post($"/api/tasks/{task}/complete", Answer("Interested", pain: "too few leads"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("suspended", (string?)answer["subStatus"]);
        await trial.Settle();
        Assert.Single(trial.Mails);
        Assert.Equal(0, (int)(await trial.Get("/api/tasks"))["total"]!);
        var (_, woken) = await trial.Post($"/api/subjects/{contact.Id}/reply", new JsonObject { ["text"] = "Yes!", ["channel"] = "email" });
        Assert.Equal(1, (int)woken["runs"]!);
        Assert.Equal("suspended", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal("Do next", (string?)(await trial.Get("/api/tasks"))["items"]![0]!["title"]);
        var history = (await trial.Get($"/api/runs/{run}/history")).ToJsonString();
        Assert.Contains("Bo completed a task: Interested (pain: too few leads).", history, StringComparison.Ordinal);
        Assert.Contains("The contact answered by email", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_mistakes_is_refused_with_one_message_for_each_field_and_the_task_stays_open()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        var (status, problem) = await trial.Post($"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = "Interested", ["fields"] = new JsonObject { ["budget"] = -1, ["colour"] = "red" } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["budget", "colour", "pain"], ((JsonObject)problem["errors"]!).Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.All((JsonObject)problem["errors"]!, error => Assert.Single((JsonArray)error.Value!));
        Assert.Equal(1, (int)(await trial.Get("/api/tasks"))["total"]!);
    }

    [Fact]
    public async Task A_task_is_completed_once_and_the_second_answer_says_who_was_first()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();
        await trial.Post($"/api/tasks/{task}/complete", Answer("No answer"));

        var (status, problem) = await trial.Post($"/api/tasks/{task}/complete", Answer("Interested", pain: "x"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("No answer", (string?)problem["outcome"]);
        Assert.Equal("Bo", (string?)problem["by"]);
    }

    [Fact]
    public async Task Two_answers_at_once_complete_a_task_once()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => trial.Post($"/api/tasks/{task}/complete", Answer("No answer"))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_task_shows_its_script_with_what_is_not_known_as_a_gap()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var dane = await trial.Contact(contact => contact with { Language = "da", FirstName = null });
        await trial.Run("outreach", dane.Id);

        var detail = await trial.Get($"/api/tasks/{await trial.FirstTask()}");

        Assert.Equal("Hej ⟦contact.first_name⟧", (string?)detail["script"]!["subject"]);
        Assert.Single((JsonArray)detail["script"]!["gaps"]!);
        Assert.Equal("ada@example.com", (string?)detail["facts"]!["contact"]!["email"]);
    }

    [Fact]
    public async Task An_unknown_task_is_not_found()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);

        Assert.Equal(HttpStatusCode.NotFound, (await trial.Post("/api/tasks/nothing/complete", Answer("No answer"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Http.GetAsync("/api/tasks/nothing")).StatusCode);
    }

    private static JsonObject Answer(string outcome, string? pain = null) => new()
    {
        ["outcome"] = outcome, ["fields"] = pain is null ? [] : new JsonObject { ["pain"] = pain }, ["by"] = "Bo",
    };
}
