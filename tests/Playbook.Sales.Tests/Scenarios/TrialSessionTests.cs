using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;
using Playbook.Sales.Tests.Playbooks;

namespace Playbook.Sales.Tests.Scenarios;

public sealed class TrialSessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ScriptTemplates Templates = new();

    private static readonly Dictionary<string, object?> Line = new() { ["personal_line"] = "You opened a second warehouse" };

    [Fact]
    public async Task The_first_step_waits_with_its_script_filled_in_and_its_buttons()
    {
        var wait = Assert.Single(TrialWaits.Of(await Lead(), Templates));

        Assert.Equal("Find one reason to call", wait.Title);
        Assert.Equal(["Ready", "Not our customer"], wait.Task!.Request.Outcomes);
        Assert.Contains(wait.Script!.Text, part => part.Text.Contains("Ada", StringComparison.Ordinal));
        Assert.NotEmpty(wait.Timers);
    }

    [Fact]
    public async Task A_form_that_is_not_filled_in_changes_nothing()
    {
        var session = await Lead();

        var problem = await session.Do(new TrialMove.Complete("research", "Ready", new Dictionary<string, object?>()));

        Assert.Contains("personal_line", problem, StringComparison.Ordinal);
        Assert.Single(session.Moves);
        Assert.Equal("research", Assert.Single(TrialWaits.Of(session, Templates)).ActivityId);
    }

    [Fact]
    public async Task A_message_shows_its_text_and_the_rule_that_lets_it_go_and_nothing_leaves()
    {
        var session = await Lead();
        Assert.Null(await session.Do(new TrialMove.Complete("research", "Ready", Line)));

        var mail = Assert.Single(session.MessagesOf(1));
        Assert.Equal(TrialFate.Sent, mail.Fate);
        Assert.StartsWith("The contact agreed to get e-mail.", mail.Why, StringComparison.Ordinal);
        Assert.Contains("You opened a second warehouse", mail.Text.Text, StringComparison.Ordinal);
        Assert.Contains(new TrialPath(session).Lines(), line => line is { Kind: TrialLineKind.Message, Move: 1, Title: "First e-mail" });
    }

    [Fact]
    public async Task Taking_a_move_back_leads_to_where_it_was_before()
    {
        var session = await Lead();
        var before = new TrialPath(session).Lines();
        await session.Do(new TrialMove.Complete("research", "Ready", Line));

        await session.Undo();

        Assert.Equal(before, new TrialPath(session).Lines());
        await session.Undo();
        Assert.Single(session.Moves);
    }

    [Fact]
    public async Task The_last_message_can_come_back_instead()
    {
        var session = await Lead();
        await session.Do(new TrialMove.Complete("research", "Ready", Line));
        Assert.True(Assert.Single(TrialWaits.Of(session, Templates)).ForReply);

        await session.Foresee(0, new Stimulus.Bounced("mailbox unknown", BounceKind.Hard));

        Assert.Equal(2, session.Moves.Count);
        Assert.Equal(TrialFate.Bounced, Assert.Single(session.MessagesOf(1)).Fate);
        Assert.DoesNotContain(TrialWaits.Of(session, Templates), wait => wait.ForReply && wait.ActivityId == "first-mail-reply");
    }

    [Fact]
    public async Task A_jump_to_the_next_moment_wakes_what_waits_for_it()
    {
        var session = await Lead();
        await session.Do(new TrialMove.Complete("research", "Ready", Line));
        var due = TrialWaits.Of(session, Templates)[0].Timers[0];
        Assert.Equal((Start.AddDays(3), "no answer came"), (due.At, due.What));

        await session.Do(new TrialMove.Wait(due.At - session.Trial.Clock.GetUtcNow()));

        Assert.Equal(Start.AddDays(3), session.Trial.Clock.GetUtcNow());
        Assert.Equal("first-call", Assert.Single(TrialWaits.Of(session, Templates)).ActivityId);
        Assert.Contains(new TrialPath(session).Lines(), line => line is { ActivityId: "first-mail-reply", What: "No reply" });
    }

    [Fact]
    public async Task An_answer_of_the_contact_goes_to_the_step_that_waits_for_it()
    {
        var session = await Lead();
        Assert.Equal("nothing waits for an answer of the contact", await session.Do(new TrialMove.Reply("Yes", "email")));
        await session.Do(new TrialMove.Complete("research", "Ready", Line));

        Assert.Null(await session.Do(new TrialMove.Reply("Yes, call me", "email")));

        Assert.Equal(3, session.Moves.Count);
        Assert.Contains(new TrialPath(session).Lines(), line => line is { ActivityId: "first-mail-reply", What: "Replied" });
    }

    [Fact]
    public async Task Without_consent_no_mail_goes_to_Denmark_until_the_contact_agrees_in_a_call()
    {
        var session = await Lead(TestSubjects.Typical("da", consentEmail: false));
        await session.Do(new TrialMove.Complete("research", "Ready", Line));
        Assert.Empty(session.Trial.Messages);
        while (TrialWaits.Of(session, Templates)[0].ActivityId != "first-call")
            Assert.Null(await session.Do(new TrialMove.Wait(session.Trial.NextDue!.Value - session.Trial.Clock.GetUtcNow())));

        Assert.Null(await session.Do(new TrialMove.Complete("first-call", "Verbal opt-in", new Dictionary<string, object?> { ["consent_wording"] = "Yes, send it" })));

        var mail = Assert.Single(session.Trial.Messages);
        Assert.Equal((TrialFate.Sent, "opt-in-mail"), (mail.Fate, mail.Script));
    }

    [Fact]
    public async Task What_the_policy_forbids_is_kept_back_and_the_path_says_why()
    {
        var subject = TestSubjects.Typical("en");
        var contact = new Dictionary<string, object?>((IReadOnlyDictionary<string, object?>)subject.Facts["contact"]!) { ["email"] = null };
        var session = await Lead(subject with { Facts = new Dictionary<string, object?>(subject.Facts) { ["contact"] = contact } });

        await session.Do(new TrialMove.Complete("research", "Ready", Line));

        var kept = session.Trial.Messages[0];
        Assert.Equal(TrialFate.Refused, kept.Fate);
        Assert.Empty(session.Trial.Sent);
        Assert.Contains(new TrialPath(session).Lines(), line => line.What == $"is not sent: {kept.Why}");
    }

    [Fact]
    public async Task A_changed_playbook_is_followed_as_far_as_the_moves_still_go()
    {
        var session = await Lead();
        await session.Do(new TrialMove.Complete("research", "Ready", Line));
        await session.Do(new TrialMove.Reply("Yes", "email"));
        var json = session.Playbook.Definition.Document.Write().Replace("\"research\"", "\"look-up\"", StringComparison.Ordinal);
        var changed = new DefinitionCompiler(ShippedPlaybooks.Catalog.Descriptions).Compile(System.Text.Encoding.UTF8.GetBytes(json)).Definition!;

        var problem = await session.Follow(session.Playbook with { Definition = changed });

        Assert.Contains("no open task for 'research'", problem, StringComparison.Ordinal);
        Assert.Single(session.Moves);
        Assert.Equal("look-up", Assert.Single(TrialWaits.Of(session, Templates)).ActivityId);
    }

    [Fact]
    public async Task A_saved_path_is_a_scenario_that_passes()
    {
        var session = await Lead();
        await session.Do(new TrialMove.Complete("research", "Ready", Line));
        await session.Foresee(0, new Stimulus.Bounced("mailbox unknown", BounceKind.Hard));
        await session.Do(new TrialMove.Wait(session.Trial.NextDue!.Value - session.Trial.Clock.GetUtcNow()));

        var json = TrialScenario.Write(session, "A mail that comes back is no end", session.Given.Subject);
        var result = await new ScenarioRunner(ShippedPlaybooks.Engine).Run(session.Playbook.Definition, session.Playbook.Scripts, Scenario.Read(json), TestContext.Current.CancellationToken);

        Assert.Null(result.Difference);
        Assert.Contains("\"bounced\"", json, StringComparison.Ordinal);
        Assert.Equal(session.Trial.Events.Where(e => e.Kind == RunEventKind.Started).Select(e => e.ActivityId), result.Path);
    }

    [Fact]
    public async Task A_trial_to_the_end_notes_what_would_be_started()
    {
        var session = await Lead();
        await session.Do(new TrialMove.Complete("research", "Not our customer", new Dictionary<string, object?> { ["no_fit_reason"] = "Too small" }));

        Assert.True(RunLifecycle.IsOver(session.Run));
        Assert.Empty(TrialWaits.Of(session, Templates));
        await session.Restart();
        Assert.False(RunLifecycle.IsOver(session.Run));
    }

    [Fact]
    public void A_real_contact_is_nobody_any_more_but_goes_the_same_way()
    {
        var real = new Subject("contact", "c-1", new Dictionary<string, object?>
        {
            ["contact"] = new Dictionary<string, object?> { ["id"] = "c-1", ["name"] = "Grace Hopper", ["email"] = "grace@navy.example", ["phone"] = null, ["country"] = "US", ["consent_email"] = true },
            ["rep"] = null,
        });

        var nobody = TestSubjects.Anonymous(real);

        var contact = (IReadOnlyDictionary<string, object?>)nobody.Facts["contact"]!;
        Assert.Equal(("Ada Test", "ada@test.example", null, "US", true), (contact["name"], contact["email"], contact["phone"], contact["country"], contact["consent_email"]));
        Assert.Equal(TestSubjects.Id, nobody.Id);
        Assert.Null(nobody.Facts["rep"]);
    }

    private static Task<TrialSession> Lead(Subject? subject = null)
    {
        var shipped = ShippedPlaybooks.Get("lead-generation");
        return TrialSession.Begin(ShippedPlaybooks.Engine, new TriedPlaybook(shipped.Definition, shipped.Scripts), new TrialGiven(subject ?? TestSubjects.Typical("en"), Start));
    }
}
