using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;

namespace Playbook.Sales.Tests.Playbooks;

public sealed class ChainTests
{
    private static readonly Subject Anne = new("contact", "c-1", new Dictionary<string, object?>
    {
        ["contact"] = new Dictionary<string, object?>
        {
            ["id"] = "c-1", ["name"] = "Anne Holm", ["first_name"] = "Anne", ["last_name"] = "Holm", ["email"] = "anne@nordlys.example", ["phone"] = "+4533445566",
            ["title"] = "Head of operations", ["language"] = "en", ["country"] = "DK", ["time_zone"] = "Europe/Copenhagen", ["consent_email"] = false, ["is_consumer"] = false, ["score"] = 40L,
        },
        ["account"] = new Dictionary<string, object?> { ["id"] = "a-1", ["name"] = "Nordlys Industri", ["sector"] = "Manufacturing", ["employees"] = 120L, ["country"] = "DK" },
        ["opportunity"] = new Dictionary<string, object?>(),
        ["rep"] = new Dictionary<string, object?> { ["id"] = "r-1", ["name"] = "Mads Lund", ["first_name"] = "Mads", ["email"] = "mads@sales.example", ["phone"] = "+4520304050", ["role"] = "prospector", ["company"] = "Sales House, Havnegade 1, 1058 Copenhagen K" },
    });

    private static readonly (string Activity, string Outcome, string? Wait, Dictionary<string, object?> Fields)[] Path =
    [
        ("research", "Ready", null, new() { ["personal_line"] = "You opened a second warehouse in January" }),
        ("first-call", "Interested", null, []),
        ("discovery", "Pain found", null, new() { ["pain"] = "Orders are typed twice", ["impact"] = "Two people, every day", ["current_solution"] = "Excel and e-mail", ["decision_role"] = "Decides", ["timeline"] = "This quarter" }),
        ("pass-baton", "Accept", null, []),
        ("book", "Booked", null, new() { ["start"] = "2026-03-06T10:00:00+01:00" }),
        ("pass-baton", "Accept", null, []),
        ("prep-sheet", "Prepared", null, new() { ["meeting_goal"] = "A date for the pilot", ["expected_objection"] = "No time to change" }),
        ("attendance", "They came", "4.00:00:00", []),
        ("meeting", "Pain confirmed", null, new() { ["pain"] = "Orders are typed twice", ["impact"] = "Two people, every day", ["decision_role"] = "Decides", ["decision_date"] = "2026-03-20" }),
        ("proposal", "Ready to send", null, new() { ["offer"] = "Pilot for one warehouse", ["offer_value"] = 12000L }),
        ("decision-call", "Yes", "3.00:00:01", new() { ["signer"] = "Anne Holm", ["offer_value"] = 12000L, ["start_date"] = "2026-04-13" }),
        ("pass-baton", "Accept", null, []),
        ("agreement-call", "Signed", "2.00:00:01", new() { ["signed_on"] = "2026-03-17", ["term_end"] = "2027-04-12" }),
        ("payment-check", "Paid", "10.00:00:00", new() { ["paid_on"] = "2026-03-26" }),
        ("welcome-call", "Welcomed", null, new() { ["first_win"] = "One order, typed once", ["delivery_contact"] = "Bo" }),
        ("pass-baton", "Accept", null, []),
        ("intake-call", "Intake complete", "3.00:00:01", new() { ["goals"] = "No double typing", ["success_measure"] = "Hours saved a week" }),
        ("write-plan", "Plan ready", null, new() { ["plan_summary"] = "Connect the shop, then the warehouse" }),
        ("sign-off-call", "Signed off", "3.00:00:01", new() { ["signed_off_by"] = "Anne Holm", ["signed_off_on"] = "2026-04-06" }),
        ("pass-baton", "Accept", null, []),
        ("meet-manager", "Introduced", null, []),
        ("health-check", "Healthy", "293.00:00:00", new() { ["health"] = "Green", ["result_so_far"] = "Eleven hours a week" }),
        ("renewal-call", "Renewed", "4.00:00:01", new() { ["new_term_end"] = "2028-04-12", ["offer_value"] = 12600L, ["signer"] = "Anne Holm" }),
        ("pass-baton", "Accept", null, []),
        ("growth-review", "Need found", null, new() { ["result_so_far"] = "Eleven hours a week", ["pain"] = "The second warehouse still types", ["impact"] = "One person, every day", ["decision_role"] = "Decides" }),
        ("pass-baton", "Accept", null, []),
        ("upsell-brief", "Ready to send", null, new() { ["upsell_offer"] = "The second warehouse", ["upsell_value"] = 6000L }),
        ("offer-call", "Yes", "3.00:00:01", new() { ["signer"] = "Anne Holm", ["start_date"] = "2027-03-01" }),
        ("start-extension", "Started", null, new() { ["start_date"] = "2027-03-01" }),
        ("referral-ask", "Referral given", null, new() { ["referral_name"] = "Karl at Sydvest" }),
    ];

    [Fact]
    public async Task One_contact_travels_through_all_seven_playbooks()
    {
        var trial = new PlaybookTrial(
            ShippedPlaybooks.Engine,
            slug => ShippedPlaybooks.Slugs.Contains(slug) ? (ShippedPlaybooks.Get(slug).Definition, ShippedPlaybooks.Get(slug).Scripts) : null,
            new ScenarioClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)),
            followsStarts: true);
        await trial.Start("lead-generation", Anne, new Dictionary<string, object?> { ["source"] = "outbound" });
        foreach (var (activity, outcome, wait, fields) in Path)
        {
            if (wait is not null)
                await trial.Wait(TimeSpan.Parse(wait, System.Globalization.CultureInfo.InvariantCulture));
            var problem = await trial.Complete(activity, outcome, fields, "Mads Lund");
            Assert.True(problem is null, $"{activity} at {trial.Clock.GetUtcNow():u}: {problem}; incidents: {string.Join("; ", trial.Runs.SelectMany(r => r.Incidents).Select(i => $"{i.ActivityId}: {i.Message}"))}");
        }

        var runs = trial.Runs;
        Assert.Equal(ShippedPlaybooks.Slugs.Order(), runs.Select(r => r.DefinitionId).Distinct().Order());
        Assert.All(runs.Where(r => r.DefinitionId != "renewal"), run => Assert.Equal(RunSubStatus.Finished, run.SubStatus));
        // What is left is the renewal of the term to come, asleep until its window opens.
        var asleep = Assert.Single(runs, r => r.Status == RunStatus.Running);
        Assert.Equal("renewal", asleep.DefinitionId);
        Assert.NotNull(asleep.NextDueAt);
        Assert.Empty(trial.Tasks);
        Assert.Equal(ShippedPlaybooks.Slugs, trial.Events.Where(e => e.Text == "PhaseChanged").Select(e => (string)e.Data!["phase"]!).Distinct());
        Assert.Contains(trial.Sent, m => m.Script == "offer-mail");
    }
}
