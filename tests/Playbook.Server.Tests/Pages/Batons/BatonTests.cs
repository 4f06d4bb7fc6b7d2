using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Pages.Batons;
using Playbook.Server.Pages.BulkStarts;
using Playbook.Engine.Runs;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Pages.Batons;

public sealed class BatonTests
{
    [Fact]
    public async Task A_baton_shows_what_it_lacks_then_waits_with_its_packet_and_both_sides_are_scored()
    {
        await using var trial = await TrialServer.Start(folder => Copy(Playbooks.Shipped, folder));
        var contact = await trial.Contact(contact => contact with { Country = "DK", ConsentEmail = false });
        await trial.Run("lead-generation", contact.Id);
        await Answer(trial, "Ready", new JsonObject { ["personal_line"] = "You opened a second warehouse" });
        await Answer(trial, "Interested", []);
        var services = trial.Server.Services;

        var readying = Assert.Single(await services.GetRequiredService<BatonReadiness>().Load(TestContext.Current.CancellationToken));
        Assert.Equal((contact.Name, "follow-up", 1, 3), (readying.Who, readying.ToRole, readying.Met, readying.Criteria.Count));
        Assert.Equal(["Pain is named", "Impact is named"], readying.Criteria.Where(criterion => !criterion.IsMet).Select(criterion => criterion.Label));

        await Answer(trial, "Pain found", new JsonObject
        {
            ["pain"] = "no-shows", ["impact"] = "40,000 a month", ["current_solution"] = "spreadsheets", ["decision_role"] = "Decides", ["timeline"] = "This quarter",
        });
        var shelf = services.GetRequiredService<BatonShelf>();
        var open = Assert.Single((await shelf.Load(TestContext.Current.CancellationToken)).Open);
        Assert.Equal((contact.Name, "prospector", "Karen"), (open.Who, open.From, open.Giver));
        Assert.Equal("no-shows", open.Packet["pain"]);
        Assert.Equal(3, open.Criteria.Count);

        await Answer(trial, "Return", new JsonObject { ["reason"] = "The impact is a guess" });
        var scores = (await shelf.Load(TestContext.Current.CancellationToken)).Scores;
        Assert.Equal(new BatonScore("Karen", 1, 0, 1, 0), Assert.Single(scores.Givers));
        Assert.Equal("prospector → follow up", Assert.Single(scores.Lanes).Who);
        Assert.Equal(("The impact is a guess", 1), Assert.Single(scores.Reasons));

        // Passed on anew, and nobody answers within the day: that is on record too.
        await Answer(trial, "Fixed", new JsonObject { ["return_answer"] = "It is from their own books" });
        Assert.Single((await shelf.Load(TestContext.Current.CancellationToken)).Open);
        await services.GetRequiredService<Playbook.Server.Workers.TimeTravel>().MoveTo(trial.Clock.GetUtcNow().AddDays(2), TestContext.Current.CancellationToken);
        scores = (await shelf.Load(TestContext.Current.CancellationToken)).Scores;
        Assert.Equal(new BatonScore("Karen", 2, 0, 1, 1), Assert.Single(scores.Givers));
    }

    [Fact]
    public async Task Before_a_start_for_many_it_says_whom_law_keeps_back_who_has_it_already_and_who_gets_the_work()
    {
        await using var trial = await TrialServer.Start(folder => Copy(Playbooks.Shipped, folder));
        var cold = await trial.Contact(contact => contact with { Name = "Bo Holm", Country = "DK", Phone = "+45 86 12 34 56", ConsentEmail = false });
        var warm = await trial.Contact(contact => contact with { Name = "Ada Byron", Country = "DK" });
        var busy = await trial.Contact(contact => contact with { Name = "Sara Lind", Country = "DK" });
        var stopped = await trial.Contact(contact => contact with { Name = "Per Aagaard", Country = "DK", DoNotContact = true });
        await trial.Run("lead-generation", busy.Id);
        var definition = await trial.Server.Services.GetRequiredService<RunHost>().Sources.Published("lead-generation");

        var preview = await trial.Server.Services.GetRequiredService<StartCheck>().Look(definition!, [cold.Id, warm.Id, busy.Id, stopped.Id, Guid.NewGuid()], null, TestContext.Current.CancellationToken);

        Assert.Equal([cold.Id, warm.Id, stopped.Id], preview.Startable);
        Assert.Equal(["Sara Lind"], preview.Running);
        Assert.Equal((1, 1), (preview.RunningCount, preview.Gone));
        Assert.Equal([stopped.Id], preview.Unreachable);
        var email = preview.Reaches.Single(reach => reach.Channel == "email");
        Assert.Equal((3, 2), (email.Allowed + email.Waiting + email.Blocked, email.Blocked));
        Assert.Contains(preview.Obstacles, obstacle => obstacle.Channel == "email" && obstacle.Names.Contains("Bo Holm") && obstacle.Rule.Contains("consent", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(preview.Loads, load => load.Role == "prospector" && load.Open == 1 && load.New == 3);
    }

    private static async Task Answer(TrialServer trial, string outcome, JsonObject fields)
    {
        var (status, answer) = await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = outcome, ["fields"] = fields, ["by"] = "Karen" });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        await trial.Settle();
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
