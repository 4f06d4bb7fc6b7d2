using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class RunSearchTests : IAsyncLifetime
{
    private TemporaryStore _temporary = null!;

    private RunQueries Queries => _temporary.Store.Queries;

    public ValueTask InitializeAsync()
    {
        _temporary = TemporaryStore.Create();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task A_term_is_found_in_name_ids_and_correlation_whatever_its_case()
    {
        var run = await Add("Ada's renewal 100%", "deal-7");
        await Add("Bo", "deal-8");

        foreach (var term in (string[])["ADA", "deal-7", run.Id.ToString(), run.Id.ToString("N"), run.Id.ToString("D").ToUpperInvariant()[5..], run.Id.ToString("N")[10..], "100%"])
            Assert.True(Found(new() { Term = term }) is [var found] && found == run.Id, term);
        Assert.Equal(2, Found(new() { Term = "cold-OUT" }).Count);
        Assert.Equal(2, Found(new() { Term = "outreach-3" }).Count);
        Assert.Empty(Found(new() { Term = "0_%" }));
        Assert.Empty(Found(new() { Term = Guid.CreateVersion7().ToString() }));
    }

    [Fact]
    public async Task Every_condition_narrows_what_is_found()
    {
        var run = await Add("Ada", "deal-7");
        await Add("Bo", null);

        Assert.Equal([run.Id], Found(new() { CorrelationId = "deal-7" }));
        Assert.Equal([run.Id], Found(new() { Name = "da" }));
        Assert.Equal(2, Found(new() { DefinitionIds = ["cold-outreach", "other"], Version = 3, WithIncidents = false, Statuses = [RunStatus.Running], SubStatuses = [RunSubStatus.Suspended, RunSubStatus.Faulted] }).Count);
        Assert.Empty(Found(new() { DefinitionIds = ["other", "another"] }));
        Assert.Empty(Found(new() { DefinitionVersionId = "other" }));
        Assert.Empty(Found(new() { Version = 2 }));
        Assert.Empty(Found(new() { WithIncidents = true }));
        Assert.Empty(Found(new() { Statuses = [RunStatus.Finished] }));
        Assert.Empty(Found(new() { SubStatuses = [RunSubStatus.Faulted] }));
    }

    [Fact]
    public async Task Times_are_compared_with_a_span_whose_end_does_not_belong_to_it()
    {
        var run = await Add("Ada", null);
        var noon = Turns.Noon.ToUnixTimeMilliseconds();
        bool Holds(TimeComparison comparison, long from, long end) => Found(new() { Times = [new(RunTime.CreatedAt, comparison, from, end)] }).Contains(run.Id);

        Assert.True(Holds(TimeComparison.Is, noon, noon + 1));
        Assert.False(Holds(TimeComparison.Is, noon - 1, noon));
        Assert.True(Holds(TimeComparison.IsNot, noon - 1, noon));
        Assert.False(Holds(TimeComparison.IsNot, noon, noon + 1));
        Assert.False(Holds(TimeComparison.LessThan, noon, noon + 1));
        Assert.True(Holds(TimeComparison.LessThan, noon + 1, noon + 2));
        Assert.True(Holds(TimeComparison.LessThanOrEqual, noon, noon + 1));
        Assert.False(Holds(TimeComparison.LessThanOrEqual, noon - 1, noon));
        Assert.True(Holds(TimeComparison.GreaterThan, noon - 1, noon));
        Assert.False(Holds(TimeComparison.GreaterThan, noon, noon + 1));
        Assert.True(Holds(TimeComparison.GreaterThanOrEqual, noon, noon + 1));
        Assert.False(Holds(TimeComparison.GreaterThanOrEqual, noon + 1, noon + 2));
        Assert.Empty(Found(new() { Times = [new(RunTime.FinishedAt, TimeComparison.GreaterThanOrEqual, 0, 1)] }));
    }

    [Fact]
    public async Task Runs_come_in_the_order_asked_for()
    {
        var (b, a, c) = (await Add("bo", null), await Add("Ada", null), await Add("Cy", null));
        await _temporary.Store.Commit([Turns.Turn(Turns.Next(b))], []);

        Assert.Equal([c.Id, a.Id, b.Id], Found(new()));
        Assert.Equal([b.Id, a.Id, c.Id], Found(new() { Ascending = true }));
        Assert.Equal([a.Id, b.Id, c.Id], Found(new() { Order = RunOrder.Name, Ascending = true }));
        Assert.Equal(b.Id, Found(new() { Order = RunOrder.Updated })[0]);
        Assert.Equal([a.Id], Queries.Search(new(), 1, 1).Select(run => run.Id));
        Assert.Equal(3, Queries.CountFound(new()));
    }

    [Fact]
    public async Task Any_number_of_different_questions_is_answered()
    {
        var run = await Add("Ada", null);
        for (var question = 0; question < 600; question++)
            Assert.Equal([run.Id], Found(new()
            {
                Term = question % 2 == 0 ? "ada" : null,
                Order = (RunOrder)(question % 4),
                Times = [.. Enumerable.Range(0, question % 7).Select(i => new RunTimeCondition((RunTime)((question + i) % 2), (question / 7 + i) % 2 == 0 ? TimeComparison.GreaterThan : TimeComparison.GreaterThanOrEqual, 0, 1))],
            }));
    }

    private List<Guid> Found(RunSearch search)
    {
        List<Guid> found = [.. Queries.Search(search, 0, 100).Select(run => run.Id)];
        Assert.Equal(found.Count, Queries.CountFound(search));
        return found;
    }

    private async Task<RunState> Add(string name, string? correlation)
    {
        var run = Turns.NewRun(correlation: correlation);
        run.Name = name;
        await _temporary.Store.Commit([Turns.Start(run)], []);
        return run;
    }
}
