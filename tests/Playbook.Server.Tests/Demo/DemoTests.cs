using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Sending;
using Playbook.Server.Demo;
using Playbook.Server.Host;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-demo-test-").FullName;

    private string Database => Path.Combine(_folder, "demo.db");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_company_lives_in_the_past_and_nothing_of_it_leaves_the_machine()
    {
        var result = await DemoMaking.Make(Database, Trial.Playbooks.Shipped, new DemoPlan(Months: 3, Leads: 30), null, TestContext.Current.CancellationToken);

        Assert.Equal(30, result.Leads);
        Assert.True(result.Steps > 60, $"only {result.Steps} steps were done");
        Assert.False(ManualClock.Exists(Database), "the company would live on a clock that nobody moves");
        Assert.Equal(["demo.db", "demo.db.lock"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Where(name => !name!.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal)).Order());
        await using var database = await Composition.Databases(Database).CreateDbContextAsync(TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        Assert.All(await database.Touches.ToListAsync(TestContext.Current.CancellationToken), touch => Assert.True(touch.At <= now));
        Assert.All(await database.Contacts.ToListAsync(TestContext.Current.CancellationToken), contact => Assert.True(contact.Email is null || contact.Email.EndsWith(".example", StringComparison.Ordinal)));
        // The real policy stood before every message.
        Assert.Contains(await database.SendingDecisions.ToListAsync(TestContext.Current.CancellationToken), decision => decision.Verdict == Verdict.Permit);
        using var owned = StoreLock.Acquire(Database);
        await using var store = RunStore.Open(owned, new RunStoreOptions());
        Assert.True(store.Queries.Count(new RunFilter { Status = Engine.Runs.RunStatus.Running }) > 0);
        Assert.NotEmpty(store.Inbound.List(new Storage.Inbound.EventFilter { State = Storage.Inbound.EventState.Unmatched }, 0, 10));
    }

    [Fact]
    public async Task It_does_not_go_into_a_database_that_is_used()
    {
        await File.WriteAllTextAsync(Database, "", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<HostException>(() => DemoMaking.Make(Database, Trial.Playbooks.Shipped, new DemoPlan(), null, TestContext.Current.CancellationToken));

        Assert.Contains("already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(Database).Length);
    }

    [Fact]
    public void The_same_question_gets_the_same_answer_and_another_seed_another()
    {
        Assert.Equal(new Chance(7).Of("12", "heat"), new Chance(7).Of("12", "heat"));
        Assert.NotEqual(new Chance(7).Of("12", "heat"), new Chance(8).Of("12", "heat"));
        Assert.NotEqual(new Chance(7).Of("1", "2heat"), new Chance(7).Of("12", "heat"));
        var many = Enumerable.Range(0, 4000).Select(i => new Chance(7).Of($"{i}", "fair")).ToList();
        Assert.InRange(many.Average(), 0.48, 0.52);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(many.Count(chance => (int)(chance * 10) == tenth), 330, 470));
    }
}
