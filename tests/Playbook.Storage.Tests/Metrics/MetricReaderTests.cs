using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Accounts;
using Playbook.Sales.Metrics;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;
using Playbook.Storage.Metrics;
using Playbook.Storage.Tests.Sending;

namespace Playbook.Storage.Tests.Metrics;

public sealed class MetricReaderTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly DateOnly Friday = new(2026, 3, 6);

    [Fact]
    public async Task In_an_empty_database_every_metric_says_that_there_is_too_little()
    {
        await using var database = new LedgerDatabase();
        await database.Store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc);

        var values = new MetricReader(database.Store.Metrics, new CostModel()).All(Monday, Friday);

        Assert.True(values.Count >= 25, $"{values.Count} metrics");
        Assert.All(values, value => Assert.True(value.Value is null && value.Of == 0, $"{value.Metric.Key} says {value.Value} of {value.Of}"));
    }

    [Fact]
    public async Task Shares_are_of_what_their_formulas_say()
    {
        await using var database = new LedgerDatabase();
        for (var one = 0; one < 10; one++)
            await Work(database, $"contact-{one}", rep: one < 6 ? "Ada" : "Bea", late: one < 2, talked: one < 8, baton: one < 9 ? "BatonAccepted" : "BatonReturned");
        await database.Store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc);

        var values = new MetricReader(database.Store.Metrics, new CostModel()).All(Monday, Friday).ToDictionary(value => value.Metric.Key, value => value.Value);

        Assert.Equal(0.8, values[MetricCatalog.Adherence]);
        Assert.Equal(8 / 5.0, values[MetricCatalog.Conversations]);
        Assert.Equal((0.9, 0.1, 0.9), (values[MetricCatalog.Qualified], values[MetricCatalog.Returned], values[MetricCatalog.AcceptedInTime]));
        Assert.Equal(1.0, values[MetricCatalog.SpeedToLead]);
        Assert.Equal(1.0, values[MetricCatalog.SharedSteps]);
        Assert.Equal(1.0, values[MetricCatalog.EarlyEffort]);
    }

    [Fact]
    public async Task New_clients_are_first_sales_and_subjects_that_came_to_enrollment_and_nobody_twice()
    {
        await using var database = new LedgerDatabase();
        var account = database.Account();
        var (first, again, open) = (Sale(account, OpportunityStatus.Won, Monday), Sale(account, OpportunityStatus.Won, Friday), Sale(database.Account("Syd"), OpportunityStatus.Open, null));
        foreach (var sale in (Opportunity[])[first, again, open])
            database.Add(sale);
        foreach (var sale in (Opportunity[])[first, open])
            await database.Store.Commit([Turns.Start(Turns.NewRun(sale.Id.ToString())) with { Events = [Enrolled] }], []);
        await database.Store.Metrics.Rollup.Refresh(TimeZoneInfo.Utc);

        Assert.Equal((Monday, 2), Assert.Single(database.Store.Metrics.Sales.NewClients(Monday, Friday)));
        Assert.Equal(new ClientCohort("2026-03", 1, 1, 1, 1, 1), Assert.Single(database.Store.Metrics.Sales.ClientCohorts()));
        Assert.Equal(3, database.Store.Metrics.Sales.Durations(Monday, Friday).Count);
        Assert.Equal([new ClientReturn("", "", Monday, Friday)], database.Store.Metrics.Sales.Returns());
        // A forecast of the day before must not see that the sale stands in enrollment by now.
        var deal = Assert.Single(database.Store.Metrics.Sales.Deals(), deal => deal.IsWon && deal.Moves.Count > 0);
        var enrolledOn = Assert.Single(deal.Moves).On;
        Assert.Equal(("", Phase.Enrollment), (deal.StageOn(enrolledOn.AddDays(-1)), deal.StageOn(enrolledOn)));
    }

    [Fact]
    public async Task What_is_set_about_results_is_read_as_it_was_set()
    {
        await using var database = new LedgerDatabase();
        var settings = database.Store.Metrics.Settings;
        Assert.Null(settings.Get<CostModel>("results.costs"));

        await settings.Set("results.costs", new CostModel { Currency = "kr", HourRates = new Dictionary<string, double> { ["closer"] = 90 } }, LedgerDatabase.Now, "Ada");

        Assert.Equal(("kr", 90.0, 45.0), (settings.Get<CostModel>("results.costs")!.Currency, settings.Get<CostModel>("results.costs")!.RateOf("closer"), settings.Get<CostModel>("results.costs")!.RateOf("manager")));
        Assert.Equal("kr", Assert.Single(settings.All<CostModel>("results.")).Currency);
        Assert.Empty(settings.All<CostModel>("results%"));
    }

    private static RunEvent Enrolled => new(RunEventKind.Fact, "phase", "Playbook.SetPhase", 1) { Text = "PhaseChanged", Data = new Dictionary<string, object?> { ["phase"] = Phase.Enrollment } };

    private static async Task Work(LedgerDatabase database, string subject, string rep, bool late, bool talked, string baton)
    {
        var state = new RunState
        {
            Id = Guid.CreateVersion7(), DefinitionId = Phase.LeadGeneration, DefinitionVersionId = "v", DefinitionVersion = 1, CreatedAt = Turns.Noon, UpdatedAt = Turns.Noon,
            SubStatus = RunSubStatus.Suspended, Subject = new("contact", subject, new Dictionary<string, object?>()), Revision = 1,
        };
        var mark = Turns.Mark(state, BookmarkKind.Task, "task");
        var task = new Effect.OpenTask("task", "prospector", "Call") { Channel = "phone", DueAt = late ? Turns.Noon : Turns.Noon.AddHours(1), Outcomes = ["Reached", "No answer"] };
        await database.Store.Commit([Turns.Start(state, mark) with { Opened = [new(mark.Id, state.Id, state.DefinitionId, "call", "contact", subject, task)] }], []);
        var after = Turns.Next(state);
        after.Bookmarks.Clear();
        var outcome = talked ? "Reached" : "No answer";
        await database.Store.Commit(
        [
            Turns.Turn(after, new Stimulus.TaskCompleted(outcome, new Dictionary<string, object?>(), rep) { BookmarkId = mark.Id }) with
            {
                Removed = [mark], Closed = [new(mark.Id, outcome, rep, new Dictionary<string, object?>())],
                Events = [Fact("BatonPassed"), Fact(baton)],
            },
        ], []);
    }

    private static RunEvent Fact(string name) => new(RunEventKind.Fact, "pass", "Playbook.HandOver", 1) { Text = name, Data = new Dictionary<string, object?> { ["toRole"] = "closer" } };

    private static Opportunity Sale(Account account, OpportunityStatus status, DateOnly? closed)
    {
        var id = Guid.CreateVersion7();
        return new() { Id = id, NaturalKey = id.ToString(), Name = "Sale", AccountId = account.Id, Phase = Phase.Close, Status = status, EngagedOn = Monday.AddDays(-10), ClosesOn = closed, Value = 100, CreatedAt = LedgerDatabase.Now, UpdatedAt = LedgerDatabase.Now };
    }
}
