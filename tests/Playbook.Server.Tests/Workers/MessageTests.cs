using System.Text.Json.Nodes;
using MimeKit;
using Playbook.ContractTests.Runs;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Workers;

public sealed class MessageTests
{
    [Fact]
    public async Task A_message_becomes_a_file_that_a_mail_program_opens()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var contact = await trial.Contact();
        var run = await trial.Run("mail", contact.Id);
        await trial.Settle();

        var mail = await MimeMessage.LoadAsync(Assert.Single(trial.Mails));

        Assert.Equal("Hello Ada", mail.Subject);
        Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Contains("this is Playbook Ltd.", mail.TextBody, StringComparison.Ordinal);
        var message = (await trial.Get($"/api/runs/{run}"))["messages"]![0]!;
        Assert.Equal("sent", (string?)message["result"]!["state"]);
        Assert.Equal(mail.MessageId, (string?)message["result"]!["providerId"]);
    }

    [Fact]
    public async Task A_contact_who_asked_to_be_left_alone_gets_nothing_and_the_history_quotes_the_rule()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var contact = await trial.Contact(contact => contact with { DoNotContact = true });
        var run = await trial.Run("mail", contact.Id);
        await trial.Settle();

        Assert.Empty(trial.Mails);
        Assert.Contains("asked not to be contacted", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task A_message_with_a_gap_goes_to_nobody()
    {
        await using var trial = await TrialServer.Start(Playbooks.Gaps);
        var contact = await trial.Contact();
        var run = await trial.Run("gaps", contact.Id);
        await trial.Settle();

        Assert.Empty(trial.Mails);
        Assert.Contains("account.name", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_of_the_contact_chooses_the_script()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var dane = await trial.Contact(contact => contact with { Language = "da" });
        await trial.Run("outreach", dane.Id);
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "No answer" });
        await trial.Settle();

        Assert.Equal("Hej Ada", (await MimeMessage.LoadAsync(Assert.Single(trial.Mails))).Subject);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_its_message_goes_sends_nothing()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "far", [Drawing.Reply("wait", "1.00:00:00"), Drawing.Message("mail", "hello")], ("hello.sbn", "Hi")));
        var contact = await trial.Contact();
        var run = await trial.Run("far", contact.Id);
        await trial.Post($"/api/runs/{run}/cancel");
        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "3.00:00:00" });

        Assert.Empty(trial.Mails);
        Assert.Equal(0, (int)(await trial.Get("/health"))["outbox"]!);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task However_the_process_dies_around_a_message_it_is_sent_once_and_the_run_goes_on(int atWrite)
    {
        foreach (var afterwards in new[] { false, true })
        {
            await using var trial = await TrialServer.Start(Playbooks.MailOnly);
            var contact = await trial.Contact();
            var id = Guid.CreateVersion7().ToString();
            var start = new JsonObject { ["playbook"] = "mail", ["id"] = id, ["subject"] = new JsonObject { ["kind"] = "contact", ["id"] = contact.Id.ToString() } };
            await trial.Stop();
            await trial.StartAgain(store => new CrashingStore(store, atWrite, afterwards));
            await trial.Post("/api/runs", (JsonObject)start.DeepClone());
            await Record.ExceptionAsync(trial.Settle);
            await trial.Stop();

            await trial.StartAgain();
            await trial.Post("/api/runs", start);
            await trial.Settle();

            Assert.Single(trial.Mails);
            Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{id}"))["subStatus"]);
            Assert.Equal(0, (int)(await trial.Get("/health"))["outbox"]!);
            var history = (JsonArray)await trial.Get($"/api/runs/{id}/history");
            Assert.Single(history, turn => (string?)turn!["stimulus"] == "Delivered");
        }
    }
}
