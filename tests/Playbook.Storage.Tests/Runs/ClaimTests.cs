using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class ClaimTests
{
    [Fact]
    public async Task What_a_dead_process_had_claimed_is_claimed_at_once_by_the_next_however_often_they_die()
    {
        var folder = Directory.CreateTempSubdirectory("playbook-claims-");
        var path = Path.Combine(folder.FullName, "runs.db");
        try
        {
            var start = Turns.Start(Turns.NewRun());
            var message = new OutboxItem("m1", start.State.Id, "mail", null, new Effect.SendMessage("message", "email", "hello"), Turns.Noon);
            for (var life = 0; life < 4; life++)
            {
                using var owned = StoreLock.Acquire(path);
                await using var store = RunStore.Open(owned);
                if (life == 0)
                    await store.Commit([With(start, message)], []);
                var claimed = Assert.Single(await store.ClaimOutbox(Turns.Noon, 10, TimeSpan.FromMinutes(5)));
                Assert.Equal("m1", claimed.Id);
                Assert.Empty(await store.ClaimOutbox(Turns.Noon, 10, TimeSpan.FromMinutes(5)));
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static Transition With(Transition turn, OutboxItem item) => new()
    {
        State = turn.State, Stimulus = turn.Stimulus, At = turn.At, Events = turn.Events, BookmarksAdded = turn.BookmarksAdded, Outbox = [item],
    };
}
