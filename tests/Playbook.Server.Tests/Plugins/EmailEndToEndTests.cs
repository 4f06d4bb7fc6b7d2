using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MimeKit;
using Playbook.Engine.Runs;
using Playbook.Server.Inbound;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;
using Playbook.Tests.Email;
using Microsoft.Extensions.DependencyInjection;

namespace Playbook.Server.Tests.Plugins;

/// <summary>
/// The e-mail plugin as it is built, loaded by a server from its folder, with a real postfix and dovecot on both ends: what
/// happens to a message wakes its run, which goes on through the right branch.
/// </summary>
[Collection(MailServersCollection.Name)]
public sealed partial class EmailEndToEndTests(MailServers servers) : IAsyncLifetime
{
    private readonly TrialServer _trial = new() { With = options => options with { PublicUrl = new Uri("https://sales.example.com/") } };
    private readonly string _ours = $"desk-{Guid.CreateVersion7():N}"[^16..] + "@ours.test";

    public async ValueTask InitializeAsync()
    {
        if (servers.Missing is not null)
            return;
        Directory.CreateDirectory(_trial.Playbooks);
        Draw(_trial.Playbooks);
        CopyPlugin(Path.Combine(_trial.Plugins, "Email"));
        await _trial.StartAgain();
        var settings = servers.Settings(servers.Mailbox(_ours));
        var (status, answer) = await _trial.Post("/api/channels/email/settings", new JsonObject { ["settings"] = new JsonObject(settings.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
    }

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task An_answer_goes_through_Replied()
    {
        var (run, mail) = await Written(servers.Mailbox("e2e-answers@customer.test"));

        await Answer(mail, "Yes, Tuesday at ten.\n\nOn Mon, 2 Mar 2026 Bo wrote:\n> Hi Ada\n");

        await Went(run, "went through Replied", "\"Yes, Tuesday at ten.\"");
        Assert.Equal("In-Reply-To", Event(run).MatchedBy);
    }

    [Fact]
    public async Task A_vacation_answer_moves_the_limit_past_the_return()
    {
        var ada = servers.Mailbox("e2e-away@customer.test");
        var (run, mail) = await Written(ada);
        // Dovecot's own vacation answers nothing that has a List- header (RFC 5230, 4.6), as ours have; people's mail programs do.
        var away = new MimeMessage { Subject = "Away", InReplyTo = mail.MessageId, Body = new TextPart("plain") { Text = "I am on holiday and will be back on 12 August 2027." } };
        away.Headers.Add("Auto-Submitted", "auto-replied");
        away.From.Add(MailboxAddress.Parse(ada));
        away.To.AddRange(mail.ReplyTo);

        await servers.Deliver(away, ada, mail.ReplyTo.Mailboxes.Single().Address);

        await Went(run, "An automatic answer came by email; the contact is back on 2027-08-12");
        Assert.Equal(RunSubStatus.Suspended, (await Store.Get(run))!.SubStatus);
    }

    [Fact]
    public async Task A_message_to_nobody_goes_through_Bounced_and_the_address_is_given_up()
    {
        var (run, _) = await Written("e2e-nobody@customer.test", arrives: false);

        await Went(run, "went through Bounced", "5.1.1");
    }

    [Fact]
    public async Task A_full_mailbox_leaves_the_run_waiting()
    {
        var (run, _) = await Written(servers.Mailbox("e2e-full@customer.test", bytes: 100), arrives: false);

        var handled = await Handled(run);
        Assert.Contains("5.2.2", handled.Event.ToString(), StringComparison.Ordinal);
        Assert.Contains("Soft", handled.Event.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunSubStatus.Suspended, (await Store.Get(run))!.SubStatus);
    }

    [Fact]
    public async Task A_receivers_policy_is_the_mailboxs_incident_and_leaves_the_run_waiting()
    {
        var (run, _) = await Written("policy-e2e@customer.test", arrives: false);

        Assert.Contains("Policy", (await Handled(run)).Event.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunSubStatus.Suspended, (await Store.Get(run))!.SubStatus);
    }

    [Fact]
    public async Task A_complaint_goes_through_Complained()
    {
        var (run, mail) = await Written(servers.Mailbox("e2e-complains@customer.test"));

        var report = new MimeMessage { Subject = "Abuse report", Body = new MultipartReport("feedback-report") { new TextPart("plain") { Text = "Spam." }, Fields("Feedback-Type: abuse\r\nUser-Agent: Trial/1\r\nVersion: 1\r\n"), new MessagePart { Message = mail } } };
        report.From.Add(MailboxAddress.Parse("feedback@customer.test"));
        report.To.Add(MailboxAddress.Parse(_ours));
        await servers.Deliver(report, "feedback@customer.test", _ours);

        await Went(run, "went through Complained");
    }

    [Fact]
    public async Task One_click_by_the_headers_goes_through_Unsubscribed()
    {
        var (run, mail) = await Written(servers.Mailbox("e2e-clicks@customer.test"));
        // As a receiver's server does it: by the headers alone (RFC 8058).
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(HttpsWay().Match(mail.Headers["List-Unsubscribe"]!).Groups[1].Value);

        using var shown = await _trial.Http.GetAsync(link.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(RunSubStatus.Suspended, (await Store.Get(run))!.SubStatus);
        using var pressed = await _trial.Http.PostAsync(link.PathAndQuery, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));

        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
        await Went(run, "went through Unsubscribed");
    }

    [Fact]
    public async Task A_mail_to_the_unsubscribe_address_goes_through_Unsubscribed()
    {
        var ada = servers.Mailbox("e2e-writes-off@customer.test");
        var (run, mail) = await Written(ada);
        var address = Uri.UnescapeDataString(MailWay().Match(mail.Headers["List-Unsubscribe"]!).Groups[1].Value);
        var wish = new MimeMessage { Subject = "unsubscribe", Body = new TextPart("plain") { Text = "" } };
        wish.From.Add(MailboxAddress.Parse(ada));
        wish.To.Add(MailboxAddress.Parse(address));

        await servers.Deliver(wish, ada, address);

        await Went(run, "went through Unsubscribed");
        Assert.Equal("plus-address", Event(run).MatchedBy);
    }

    private RunStore Store => _trial.Server.Services.GetRequiredService<RunStore>();

    /// <summary>Starts a run that writes to the address, and fetches the mail from that mailbox.</summary>
    private async Task<(Guid Run, MimeMessage Mail)> Written(string to, bool arrives = true)
    {
        servers.Need();
        var contact = await _trial.Contact(person => person with { Email = to });
        var run = Guid.Parse(await _trial.Run("letter", contact.Id));
        await _trial.Settle();
        Assert.Contains("sent", await History(run), StringComparison.OrdinalIgnoreCase);
        return (run, arrives ? await servers.Arrived(to) : new MimeMessage());
    }

    private async Task Answer(MimeMessage mail, string text)
    {
        var answer = new MimeMessage { Subject = "Re: " + mail.Subject, InReplyTo = mail.MessageId, Body = new TextPart("plain") { Text = text } };
        answer.From.AddRange(mail.To);
        answer.To.AddRange(mail.ReplyTo);
        await servers.Deliver(answer, mail.To.Mailboxes.Single().Address, mail.ReplyTo.Mailboxes.Single().Address);
    }

    private async Task Went(Guid run, params string[] words)
    {
        var history = "";
        try
        {
            await servers.Until(
                async () =>
                {
                    await Pass();
                    history = await History(run);
                    return words.All(word => history.Contains(word, StringComparison.Ordinal));
                },
                $"The run did not go on with {string.Join(" and ", words)}.");
        }
        catch (Exception fault)
        {
            Assert.Fail($"{fault.Message}\nIts history:\n{history}\nWhat came in:\n{string.Join('\n', Store.Inbound.List(new EventFilter(), 0, 100))}\nChannels: {await _trial.Get("/api/channels")}");
        }

        Assert.Equal(EventState.Handled, Event(run).State);
    }

    private async Task<InboundEvent> Handled(Guid run)
    {
        await servers.Until(
            async () =>
            {
                await Pass();
                return Find(run) is { State: EventState.Handled };
            },
            "Nothing came back about the run.");
        return Event(run);
    }

    private InboundEvent Event(Guid run) => Find(run) ?? throw new InvalidOperationException("Nothing came in about the run.");

    private InboundEvent? Find(Guid run) => Store.Inbound.List(new EventFilter(), 0, 100).FirstOrDefault(found => found.RunId == run);

    /// <summary>A little time, in which a listener that has to look again does so.</summary>
    private async Task Pass() => await _trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(_trial.Clock.GetUtcNow().AddSeconds(2), CancellationToken.None);

    private async Task<string> History(Guid run) => string.Join('\n', (await _trial.Get($"/api/runs/{run}/history")).AsArray()
        .Select(turn => $"{turn!["because"]} {string.Join(' ', turn["happened"]!.AsArray().Select(happened => (string)happened!))}"));

    private static MimePart Fields(string text) => new("message", "feedback-report") { Content = new MimeContent(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))) };

    private static void CopyPlugin(string to)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "../../../../../plugins/Email/bin/Release/net10.0");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Draw(string folder)
    {
        string[] ports = ["Replied", "No reply", "Bounced", "Unsubscribed", "Complained", "Auto-reply"];
        var flow = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([Drawing.Message("mail", "hello"), Drawing.Reply("wait", "3.00:00:00"), .. ports.Select(port => (JsonNode)Drawing.Line($"on-{port}", $"went through {port}"))]),
            ["connections"] = new JsonArray([Connection("mail", "Sent", "wait"), .. ports.Select(port => (JsonNode)Connection("wait", port, $"on-{port}"))]),
        };
        Drawing.Write(folder, "letter", [flow], ("hello.sbn", "Subject: Hello\n\nHi {{ contact.first_name }}"));
    }

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    [GeneratedRegex("<(https://[^>]+)>", RegexOptions.None, 1000)]
    private static partial Regex HttpsWay();

    [GeneratedRegex("<mailto:([^?>]+)", RegexOptions.None, 1000)]
    private static partial Regex MailWay();
}
