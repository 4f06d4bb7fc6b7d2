using Microsoft.Extensions.DependencyInjection;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Designer;
using Playbook.Server.Pages.Designer.TryIt;
using Playbook.Server.Subjects;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Pages.Designer;

public sealed class TryOutTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_trial_with_a_real_contact_sends_nothing_and_changes_nothing()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        var contact = await trial.Contact();
        using var tried = await Begin(trial, TriedSubject.Of(new FoundSubject("contact", contact.Id.ToString("D"), contact.Name, null)));

        await tried.Do(new TrialMove.Complete("call", "Interested", new Dictionary<string, object?> { ["pain"] = "typing twice" }));
        await tried.JumpTo(tried.View!.Waits[0].Timers[0].At);
        await trial.Settle();

        Assert.Contains(tried.View.Lines, line => line.Message is { Fate: TrialFate.Sent } message && message.Text.Text.Contains("Ada", StringComparison.Ordinal));
        Assert.Empty(trial.Mails);
        Assert.Empty((await trial.Get("/api/runs"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_a_form_refuses_is_said_and_nothing_moves()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        using var tried = await Begin(trial, TriedSubject.Typical);

        await tried.Do(new TrialMove.Complete("call", "Interested", new Dictionary<string, object?>()));

        Assert.Contains("What hurts?", tried.Problem, StringComparison.Ordinal);
        Assert.Equal(1, tried.View!.Moves);
        Assert.False(tried.IsBusy);
    }

    [Fact]
    public async Task A_trial_that_goes_in_circles_ends_by_itself_and_what_was_done_before_stands()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "outreach", [Drawing.Step("call", ["Done"]), Loop()]));
        using var tried = await Begin(trial, TriedSubject.Typical);

        await tried.Do(new TrialMove.Complete("call", "Done", new Dictionary<string, object?>()));
        await tried.Do(new TrialMove.Wait(TimeSpan.FromDays(300)));

        Assert.Contains("circle", tried.Problem, StringComparison.Ordinal);
        Assert.Equal(2, tried.View!.Moves);
        Assert.Equal(Start, tried.View.Now);
    }

    [Fact]
    public async Task A_contact_is_found_by_a_part_of_the_name_and_signs_of_patterns_are_taken_as_letters()
    {
        await using var trial = await TrialServer.Start(Trial.Playbooks.Outreach);
        await trial.Contact();
        await trial.Opportunities(2, "Prospecting");
        var search = trial.Server.Services.GetRequiredService<SubjectSearch>();

        Assert.Equal(["Ada Byron"], (await search.Find("byr", cancellationToken: TestContext.Current.CancellationToken)).Select(found => found.Name));
        Assert.Equal(["Sale 0", "Sale 1"], (await search.Find("sale", cancellationToken: TestContext.Current.CancellationToken)).Select(found => found.Name));
        Assert.Empty(await search.Find("%", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(await search.Find("_da", cancellationToken: TestContext.Current.CancellationToken));
    }

    private static System.Text.Json.Nodes.JsonObject Loop() => new()
    {
        ["id"] = "loop", ["type"] = "Elsa.While", ["version"] = 1, ["condition"] = Drawing.Literal("true", "Boolean"),
        ["body"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "pause", ["type"] = "Playbook.WaitUntil", ["version"] = 1, ["delay"] = Drawing.Literal("00:00:01", "TimeSpan") },
    };

    private static async Task<TryOut> Begin(TrialServer trial, TriedSubject who)
    {
        var services = trial.Server.Services;
        var playbook = (await services.GetRequiredService<DefinitionCache>().Published("outreach"))!;
        var subject = (await services.GetRequiredService<TriedSubjects>().Facts(who, "en"))!;
        var tried = new TryOut(services.GetRequiredService<RunEngine>(), services.GetRequiredService<ScriptTemplates>());
        await tried.Begin(new TriedPlaybook(playbook.Definition, playbook.Scripts), new TrialGiven(subject, Start));
        Assert.Null(tried.Problem);
        return tried;
    }
}
