using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Queue;
using Playbook.Server.Queue;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Tests.Queue;

/// <summary>A message that a rep writes in a step goes out once, through the outbox, and not before it can no longer be taken back.</summary>
public sealed class WrittenMessageTests
{
    private static readonly WrittenMessage Words = new("About Tuesday", "Dear Mette,\n\nTuesday is fine.\n\nAda");

    [Fact]
    public async Task It_goes_out_as_it_was_written_after_half_a_minute_and_not_before()
    {
        await using var trial = await TrialServer.Start(Letters);
        var run = await trial.Run("letters", (await trial.Contact()).Id);
        var task = await trial.FirstTask();

        Assert.IsType<HoldResult.Kept>(await Hold(trial, task, "k", Words));
        await Move(trial, 29);
        Assert.Empty(trial.Mails);
        await Move(trial, 31);

        var mail = await File.ReadAllTextAsync(Assert.Single(trial.Mails));
        Assert.Contains("Subject: About Tuesday", mail, StringComparison.Ordinal);
        Assert.Contains("Tuesday is fine.", mail, StringComparison.Ordinal);
        Assert.Equal((TaskState.Completed, "Sent", "Ada"), (Tasks(trial).Get(task)!.State, Tasks(trial).Get(task)!.Outcome, Tasks(trial).Get(task)!.By));
        Assert.Equal("About Tuesday", Assert.Single(Store(trial).Queries.Messages(Guid.Parse(run))).Message.Written?.Subject);
    }

    [Fact]
    public async Task Taken_back_in_time_it_never_goes_and_its_words_come_back()
    {
        await using var trial = await TrialServer.Start(Letters);
        await trial.Run("letters", (await trial.Contact()).Id);
        var task = await trial.FirstTask();

        var kept = Assert.IsType<HoldResult.Kept>(await Hold(trial, task, "k", Words));
        Assert.Equal(Words, Book(trial).Held(task)!.Written);
        Assert.True(await Desk(trial).TakeBack(kept.Answer, "Ada"));
        await Move(trial, 120);

        Assert.Empty(trial.Mails);
        Assert.Equal(TaskState.Open, Tasks(trial).Get(task)!.State);
    }

    [Fact]
    public async Task Sent_twice_from_two_tabs_and_over_a_restart_it_goes_once()
    {
        await using var trial = await TrialServer.Start(Letters);
        await trial.Run("letters", (await trial.Contact()).Id);
        var task = await trial.FirstTask();

        var results = await Task.WhenAll(Hold(trial, task, "k", Words), Hold(trial, task, "k", Words), Hold(trial, task, "other tab", Words));
        Assert.Single(results, result => result is HoldResult.Taken);
        await trial.Stop();
        await trial.StartAgain();
        Assert.IsNotType<HoldResult.Unknown>(await Hold(trial, task, "k", Words));
        await Move(trial, 60);
        await Move(trial, 3600);

        Assert.Single(trial.Mails);
    }

    [Fact]
    public async Task A_no_that_comes_meanwhile_stops_it_and_keeps_the_words_for_the_rep()
    {
        await using var trial = await TrialServer.Start(Letters);
        var contact = await trial.Contact();
        await trial.Run("letters", contact.Id);
        var task = await trial.FirstTask();

        await Hold(trial, task, "k", Words);
        await using (var database = trial.Server.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PlaybookDb>>().CreateDbContext())
        {
            database.Contacts.Attach(contact).Property(one => one.DoNotContact).CurrentValue = true;
            await database.SaveChangesAsync();
        }

        await Move(trial, 40);

        Assert.Empty(trial.Mails);
        var held = Book(trial).Held(task)!;
        Assert.Equal(Words, held.Written);
        Assert.StartsWith("It is not sent:", held.Trouble, StringComparison.Ordinal);
        Assert.Equal(TaskState.Open, Tasks(trial).Get(task)!.State);
    }

    [Theory]
    [InlineData("", "Hello", "mail-subject")]
    [InlineData("Two\r\nBcc: all@example.com", "Hello", "mail-subject")]
    [InlineData("Hello", " ", "mail-text")]
    [InlineData("Hello", "We met at [impact?].", "mail-text")]
    public async Task What_is_not_ready_to_be_read_is_not_held(string subject, string text, string field)
    {
        await using var trial = await TrialServer.Start(Letters);
        await trial.Run("letters", (await trial.Contact()).Id);
        var task = await trial.FirstTask();

        var wrong = Assert.IsType<HoldResult.Wrong>(await Hold(trial, task, "k", new(subject, text)));

        Assert.Equal([field], wrong.Problems.Keys);
        Assert.Null(Book(trial).Held(task));
    }

    [Fact]
    public async Task A_step_whose_channel_is_not_set_up_says_so_and_sends_nothing()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "letters", [Drawing.Phone("call", ["Sent"])]));
        await trial.Run("letters", (await trial.Contact()).Id);
        var task = await trial.FirstTask();

        var wrong = Assert.IsType<HoldResult.Wrong>(await Hold(trial, task, "k", Words));

        Assert.StartsWith("It cannot be sent from here:", wrong.Problems["mail-text"], StringComparison.Ordinal);
    }

    private static void Letters(string folder)
    {
        var step = Drawing.Step("write", ["Not now", "Sent"], "hello");
        step["channel"] = Drawing.Literal("email");
        Drawing.Write(folder, "letters", [step], ("hello.en.sbn", "Subject: Hello\n\nDear {{ contact.first_name }}"));
    }

    private static readonly Dictionary<string, object?> NoFields = [];

    private static Task<HoldResult> Hold(TrialServer trial, string task, string key, WrittenMessage words) => Desk(trial).Hold(task, key, "Sent", NoFields, "Ada", words);

    private static AnswerDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<AnswerDesk>();

    private static QueueBook Book(TrialServer trial) => trial.Server.Services.GetRequiredService<QueueBook>();

    private static RunTasks Tasks(TrialServer trial) => trial.Server.Services.GetRequiredService<RunTasks>();

    private static RunStore Store(TrialServer trial) => trial.Server.Services.GetRequiredService<RunStore>();

    private static Task Move(TrialServer trial, double seconds) => trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(TrialServer.Begin.AddSeconds(seconds), CancellationToken.None);
}
