using System.Text.Json;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class StoreLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-lock-").FullName;

    private string Database => Path.Combine(_folder, "playbook.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_owner_is_told_who_the_first_is_and_where_it_serves()
    {
        using var first = StoreLock.Acquire(Database);
        first.Announce("http://localhost:5080");

        var refusal = Assert.Throws<StoreException>(() => StoreLock.Acquire(Database));
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new(Environment.ProcessId, "http://localhost:5080"), StoreLock.ReadOwner(Database));
    }

    [Fact]
    public void The_owner_stands_in_a_file_that_anybody_can_read_while_the_lock_is_held()
    {
        using var first = StoreLock.Acquire(Database);
        first.Announce("http://localhost:5080");
        using var owner = JsonDocument.Parse(File.ReadAllText(Database + ".owner"));
        Assert.Equal("http://localhost:5080", owner.RootElement.GetProperty("url").GetString());
        Assert.Equal(Environment.ProcessId, owner.RootElement.GetProperty("pid").GetInt32());
    }

    [Fact]
    public void A_lock_that_was_given_up_can_be_taken_again()
    {
        StoreLock.Acquire(Database).Dispose();
        Assert.Null(StoreLock.ReadOwner(Database));
        StoreLock.Acquire(Database).Dispose();
    }

    [Fact]
    public void What_a_dead_process_wrote_about_itself_does_not_count()
    {
        File.WriteAllText(Database + ".owner", """{"pid":1,"url":"http://gone"}""");
        File.WriteAllText(Database + ".lock", "");
        Assert.Null(StoreLock.ReadOwner(Database));
        using var mine = StoreLock.Acquire(Database);
        Assert.Equal(Environment.ProcessId, StoreLock.ReadOwner(Database)!.Pid);
    }
}
