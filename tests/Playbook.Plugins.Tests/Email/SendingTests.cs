using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>Connections, answers, restarts and caps, against a server that does what it is told.</summary>
public sealed class SendingTests
{
    [Fact]
    public async Task Many_messages_share_a_few_connections()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["smtpConnections"] = "3", ["messagesPerConnection"] = "100000" });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => trial.Open.Accepted(OpenChannel.Message($"m-{number}", "ada@customer.test"))));

        Assert.Equal(60, trial.Server.Taken.Count);
        Assert.InRange(trial.Server.Connections, 1, 3);
    }

    [Fact]
    public async Task A_connection_is_given_up_after_as_many_messages_as_are_set()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["messagesPerConnection"] = "5" });

        for (var number = 0; number < 12; number++)
            await trial.Open.Accepted(OpenChannel.Message($"m-{number}", "ada@customer.test"));

        Assert.Equal(3, trial.Server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_replaced_without_a_fault()
    {
        await using var trial = new TrialChannel();
        trial.Server.Before = (session, command) => session is { Number: 1, Mails: 1 } && command.StartsWith("MAIL", StringComparison.Ordinal) ? new("421 4.4.2 Idle for too long") { HangsUp = true } : null;

        await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));
        await trial.Open.Accepted(OpenChannel.Message("m-2", "ada@customer.test"));

        Assert.Equal((2, 2), (trial.Server.Connections, trial.Server.Taken.Count));
    }

    [Fact]
    public async Task A_connection_that_drops_before_the_message_is_under_way_is_replaced_without_a_fault()
    {
        await using var trial = new TrialChannel();
        trial.Server.Before = (session, command) => session is { Number: 1, Mails: 1 } && command.StartsWith("MAIL", StringComparison.Ordinal) ? new(null) { HangsUp = true } : null;

        await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));
        await trial.Open.Accepted(OpenChannel.Message("m-2", "ada@customer.test"));

        Assert.Equal((2, 2), (trial.Server.Connections, trial.Server.Taken.Count));
    }

    [Fact]
    public async Task A_server_that_says_goodbye_at_once_is_tried_later()
    {
        await using var trial = new TrialChannel();
        trial.Server.Before = (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? new("421 4.3.2 Going down") { HangsUp = true } : null;

        Assert.IsType<SendResult.TryLater>(await trial.Open.Send(OpenChannel.Message("m-1", "ada@customer.test")));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_a_fault_and_the_next_attempt_has_the_same_Message_ID()
    {
        await using var trial = new TrialChannel();
        trial.Server.Before = (session, command) => session.Number == 1 && command == "." ? new(null) { HangsUp = true, Takes = true } : null;

        await Assert.ThrowsAsync<MailboxTroubleException>(() => trial.Open.Send(OpenChannel.Message("m-1", "ada@customer.test")));
        var id = await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));

        Assert.Equal([id, id], trial.Mails.Select(mail => mail.MessageId));
    }

    [Fact]
    public async Task What_was_taken_before_a_restart_is_not_sent_again_whatever_a_crash_left_of_the_last_line()
    {
        await using var trial = new TrialChannel();
        var id = await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));
        await ((IAsyncDisposable)trial.Open.Channel).DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(trial.Open.Folder, "accepted.journal"), "pbaaaa 17");

        await using var again = new OpenChannel(trial.Settings, trial.Open.Folder);
        Assert.Equal(id, await again.Accepted(OpenChannel.Message("m-1", "ada@customer.test")));
        await again.Accepted(OpenChannel.Message("m-2", "ada@customer.test"));
        await ((IAsyncDisposable)again.Channel).DisposeAsync();

        await using var third = new OpenChannel(trial.Settings, trial.Open.Folder);
        await third.Accepted(OpenChannel.Message("m-2", "ada@customer.test"));
        Assert.Equal(2, trial.Server.Taken.Count);
    }

    [Fact]
    public async Task The_journal_forgets_what_is_older_than_anybody_tries()
    {
        var folder = Directory.CreateTempSubdirectory("playbook-journal-").FullName;
        var clock = new FakeTimeProvider(MailCorpus.Now);
        await using (var journal = new AcceptedJournal(folder, clock))
        {
            journal.Open();
            await Task.WhenAll(Enumerable.Range(0, 300).Select(number => journal.Add($"old{number}", new(clock.GetUtcNow(), "x@ours.test"))));
        }

        clock.Advance(AcceptedJournal.KeptFor + TimeSpan.FromDays(1));
        await using var later = new AcceptedJournal(folder, clock);
        later.Open();

        Assert.Null(later.Find("old7"));
        Assert.Equal(0, new FileInfo(later.Path).Length);
        await later.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_same_message_asked_for_twice_at_once_goes_once()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["smtpConnections"] = "4" });

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test")))));

        Assert.Single(ids.Distinct());
        Assert.Single(trial.Server.Taken);
    }

    [Fact]
    public async Task A_mailbox_at_its_cap_says_when_there_is_room_again_also_after_a_restart()
    {
        var clock = new FakeTimeProvider(MailCorpus.Now);
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["capPerDay"] = "3", ["capPerHour"] = "2" }, clock);
        await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));
        clock.Advance(TimeSpan.FromMinutes(10));
        await trial.Open.Accepted(OpenChannel.Message("m-2", "ada@customer.test"));

        var hour = Assert.IsType<SendResult.TryLater>(await trial.Open.Send(OpenChannel.Message("m-3", "ada@customer.test")));
        Assert.Equal(TimeSpan.FromMinutes(50), hour.After);
        clock.Advance(hour.After);
        await trial.Open.Accepted(OpenChannel.Message("m-3", "ada@customer.test"));
        await ((IAsyncDisposable)trial.Open.Channel).DisposeAsync();

        await using var again = new OpenChannel(trial.Settings, trial.Open.Folder, clock);
        var day = Assert.IsType<SendResult.TryLater>(await again.Send(OpenChannel.Message("m-4", "ada@customer.test")));
        Assert.Equal(TimeSpan.FromHours(23), day.After);
        Assert.Contains("its cap is 3", day.Reason, StringComparison.Ordinal);
        Assert.IsType<SendResult.Accepted>(await again.Send(OpenChannel.Message("m-3", "ada@customer.test")));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 6)]
    [InlineData(30, 10)]
    public async Task A_new_mailbox_may_send_a_little_more_each_day(int day, int most)
    {
        var clock = new FakeTimeProvider(MailCorpus.Now.AddDays(day));
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["rampStart"] = "2026-03-02", ["rampFirstDay"] = "2", ["rampGrowth"] = "50", ["capPerDay"] = "10" }, clock);

        var sent = 0;
        while (await trial.Open.Send(OpenChannel.Message($"m-{sent}", "ada@customer.test")) is SendResult.Accepted)
            sent++;

        Assert.Equal(most, sent);
    }

    [Fact]
    public async Task A_refused_message_takes_no_room_under_the_cap()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["capPerDay"] = "1" });
        trial.Server.Before = (_, command) => command.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? new("550 5.1.1 User unknown") : null;

        Assert.IsType<SendResult.Refused>(await trial.Open.Send(OpenChannel.Message("m-1", "gone@customer.test")));
        Assert.IsType<SendResult.Accepted>(await trial.Open.Send(OpenChannel.Message("m-2", "ada@customer.test")));
    }

    [Fact]
    public async Task A_thousand_signed_messages_go_over_four_connections()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["smtpConnections"] = "4", ["messagesPerConnection"] = "100000", ["dkimSelector"] = "s", ["dkimKey"] = Keys.Rsa });
        await trial.Open.Accepted(OpenChannel.Message("warm", "ada@customer.test"));
        var began = Stopwatch.GetTimestamp();

        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) => await trial.Open.Accepted(OpenChannel.Message($"m-{number}", "ada@customer.test")));

        var rate = 1000 / Stopwatch.GetElapsedTime(began).TotalSeconds;
        TestContext.Current.SendDiagnosticMessage($"{rate:0} signed messages a second");
        // How fast is said and not asserted: that is the machine's matter.
        Assert.Equal(1001, trial.Server.Taken.Count);
        Assert.InRange(trial.Server.Connections, 1, 4);
    }
}
