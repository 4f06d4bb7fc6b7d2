using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;
using Playbook.Server.Definitions;
using Playbook.Server.Host;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;
using Playbook.Storage.Sending;

namespace Playbook.Server.Tests.Crash;

/// <summary>The serving process is killed at random moments under load, and afterwards everything must add up.</summary>
[Trait("Category", "Soak")]
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int RepCount = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-crash-").FullName;

    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("PLAYBOOK_CRASH_RUNS"), CultureInfo.InvariantCulture, out var runs) ? runs : 1000;

    private string Database => Path.Combine(_folder, "playbook.db");

    [Fact]
    public async Task A_server_killed_at_random_moments_loses_nothing_and_does_nothing_twice()
    {
        var kills = Soak.Trials(ordinary: 3, soak: 50);
        var playbooks = Path.Combine(_folder, "playbooks");
        Drawing.Write(playbooks, "crash",
            [Drawing.Step("call", ["Done"]), Drawing.Message("mail", "hello"), Drawing.Step("again", ["Done"])], ("hello.en.sbn", "Subject: Hello\n\nHi {{ contact.first_name }}\n"));
        var reps = new Reps(Database, "crash", await Contacts(20));
        var killed = 0;
        bool IsEnough() => Volatile.Read(ref killed) >= kills;
        var work = Task.WhenAll([reps.StartRuns(Runs, IsEnough), .. Enumerable.Range(0, RepCount).Select(share => reps.CompleteTasks(share, RepCount, () => IsEnough() && reps.Started.Count >= Runs))]);

        var random = new Random(7);
        while (!IsEnough())
        {
            using var victim = await ServeProcess.Start(Database, playbooks);
            reps.Url = victim.Url;
            await Task.Delay(random.Next(100, 1500));
            await victim.Kill();
            reps.Url = null;
            Interlocked.Increment(ref killed);
        }

        using (var last = await ServeProcess.Start(Database, playbooks))
        {
            reps.Url = last.Url;
            await work.WaitAsync(TimeSpan.FromMinutes(10));
            await UntilQuiet(last.Url, Database).WaitAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(0, await last.Stop());
        }

        output.WriteLine($"{kills} kills, {reps.Started.Count} runs, {reps.Completed.Count} completed tasks");
        await Check(reps);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IReadOnlyList<Guid>> Contacts(int count)
    {
        var databases = Composition.Databases(Database);
        await using var server = await PlaybookServer.Start(new ServeOptions { Database = Database, Url = "http://127.0.0.1:0", IsQuiet = true });
        // The killed servers run by the real clock, at night and on Sundays too.
        await server.Services.GetRequiredService<SendingLedger>().Set(SendingSettings.WithoutLimits, TimeProvider.System.GetUtcNow(), "test");
        await using var database = await databases.CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var contacts = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).Select(id => new Contact
        {
            Id = id, NaturalKey = id.ToString(), Name = "Ada Byron", FirstName = "Ada", Email = "ada@example.com", ConsentEmail = true, CreatedAt = now, UpdatedAt = now,
        }).ToList();
        database.AddRange(contacts);
        await database.SaveChangesAsync();
        return [.. contacts.Select(contact => contact.Id)];
    }

    private static async Task UntilQuiet(string url, string database)
    {
        using var http = LocalKeyHandler.Client(database);
        while (true)
        {
            var health = JsonNode.Parse(await http.GetStringAsync(url + "/health"))!;
            if ((long)health["outbox"]! == 0 && (long)health["openTasks"]! == 0)
                return;
            await Task.Delay(100);
        }
    }

    private async Task Check(Reps reps)
    {
        using var owned = StoreLock.Acquire(Database);
        await using var store = RunStore.Open(owned);
        var cache = new DefinitionCache(new DefinitionStore(Composition.Databases(Database), TimeProvider.System), Composition.Catalog);
        var missing = reps.Started.Where(id => store.Get(id).AsTask().Result is null).ToList();
        Assert.Empty(missing);
        foreach (var (task, by) in reps.Completed)
            Assert.Equal((TaskState.Completed, by), (store.Tasks.Get(task)!.State, store.Tasks.Get(task)!.By));

        var mails = Directory.GetFiles(Path.Combine(_folder, "messages"), "*.eml").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var tasks = new HashSet<string>();
        var sent = 0;
        for (var skip = 0; store.Queries.List(new RunFilter(), skip, 500) is { Count: > 0 } page; skip += page.Count)
        {
            foreach (var run in page)
            {
                var state = (await store.Get(run.Id))!;
                Assert.Null(Replay.Difference((await cache.Version(state.DefinitionVersionId)).Definition, state, store.Queries.History(run.Id)));
                var open = state.Bookmarks.Where(b => b.Kind == BookmarkKind.Task).Select(b => b.Id).ToList();
                Assert.Equal(open.Count, run.OpenTasks);
                Assert.All(open, id => Assert.True(tasks.Add(id) && store.Tasks.Get(id)?.State == TaskState.Open));
                Assert.Equal(RunSubStatus.Finished, state.SubStatus);
                var message = Assert.Single(store.Queries.Messages(run.Id));
                Assert.Equal(OutboxStatus.Done, message.State);
                Assert.Contains(message.Id, mails);
                sent++;
            }
        }

        Assert.Equal(sent, mails.Count);
        Assert.Equal(tasks.Count, store.Tasks.Count(new TaskFilter()));
        Assert.Equal(2 * sent, store.Tasks.Count(new TaskFilter { State = TaskState.Completed }));
    }
}
