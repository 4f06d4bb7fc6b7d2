using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Playbook.Once;

namespace Playbook.Plugins.Tests.Twilio;

public sealed class KeyJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-keys-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private string File => Path.Combine(_folder, "keys.log");

    [Fact]
    public void What_was_meant_is_known_after_a_crash_with_the_time_of_the_first_attempt()
    {
        var journal = Open();
        journal.Mean("k", "Hi");
        var meant = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(3));
        journal.Mean("k", "Hi");

        Assert.Equal(new KeyEntry(meant, KeyJournal.HashOf("Hi"), null), Open().Find("k"));
        journal.Mean("k", "Hello");
        Assert.Equal(new KeyEntry(meant, KeyJournal.HashOf("Hello"), null), Open().Find("k"));
    }

    [Fact]
    public void What_went_stays_gone()
    {
        var journal = Open();
        journal.Mean("k", "Hi");
        journal.Accept("k", "SM1 with a blank\n");
        journal.Withdraw("k");
        journal.Accept("k", "SM2");

        Assert.Equal("SM1 with a blank\n", Open().Find("k")?.ProviderId);
        Assert.True(Open().IsKnown("SM1 with a blank\n"));
        Assert.False(Open().IsKnown("SM2"));
    }

    [Fact]
    public void Nothing_touches_the_disk_before_it_is_asked()
    {
        var journal = Open();
        Assert.Empty(Directory.GetFiles(_folder));

        Assert.Null(journal.Find("k"));
    }

    [Fact]
    public void What_surely_did_not_go_is_forgotten()
    {
        var journal = Open();
        journal.Mean("k", "Hi");
        journal.Withdraw("k");

        Assert.Null(journal.Find("k"));
        Assert.Null(Open().Find("k"));
    }

    [Fact]
    public void Old_keys_are_left_out_one_day()
    {
        Open().Accept("old", "SM1");
        _clock.Advance(KeyJournal.Kept + TimeSpan.FromDays(1));
        Open().Accept("new", "SM2");

        var journal = Open();
        Assert.Null(journal.Find("old"));
        Assert.Equal("SM2", journal.Find("new")?.ProviderId);
    }

    [Property(MaxTest = 100)]
    public void A_file_cut_anywhere_by_a_crash_loses_at_most_the_last_line(PositiveInt count, PositiveInt cut)
    {
        System.IO.File.Delete(File);
        var journal = Open();
        var keys = Enumerable.Range(0, count.Get % 8 + 1).Select(number => $"key {number}").ToList();
        foreach (var key in keys)
            journal.Accept(key, $"SM-{key}");
        var bytes = System.IO.File.ReadAllBytes(File);
        var last = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1;
        System.IO.File.WriteAllBytes(File, bytes[..(last + cut.Get % (bytes.Length - last))]);

        var again = Open();
        Assert.All(keys.SkipLast(1), key => Assert.Equal($"SM-{key}", again.Find(key)?.ProviderId));
        Assert.Null(again.Find(keys[^1]));
        again.Accept(keys[^1], "SM-again");
        Assert.Equal("SM-again", Open().Find(keys[^1])?.ProviderId);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private KeyJournal Open() => new(_folder, "keys.log", _clock);
}
