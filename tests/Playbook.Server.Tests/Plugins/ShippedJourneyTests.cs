using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Playbook.Sales.Contacts;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Server.Tests.Trial;
using Playbook.SmtpTrial;
using Playbook.Storage;
using Playbook.Storage.Sending;

namespace Playbook.Server.Tests.Plugins;

/// <summary>What a contact does with what a shipped channel brought, all the way: from the provider's call to the branch of the run.</summary>
public sealed partial class ShippedJourneyTests
{
    private static readonly Uri PublicUrl = new("https://sales.example.com/");

    [Fact]
    public async Task Whoever_answers_stop_to_a_text_message_takes_that_branch_and_is_never_texted_again()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(folder =>
        {
            var scripts = ("hello.sbn", "Hi {{ contact.first_name ?? \"there\" }}");
            Drawing.Write(folder, "text", [Sms("text"), Drawing.Reply("wait", "3.00:00:00"), Sms("more")], scripts);
            Drawing.Write(folder, "other", [Sms("text")], scripts);
        });
        Assert.Empty(await trial.PluginHost().Configure("sms", twilio.Settings, CancellationToken.None));
        var contact = await trial.Contact(Texted);
        await Allow(trial, contact);
        var run = await trial.Run("text", contact.Id);
        await trial.Settle();
        Assert.Single(twilio.Taken);

        var stop = new Dictionary<string, string> { ["MessageSid"] = "SM900", ["From"] = contact.Phone!, ["To"] = LoopbackTwilio.Number, ["Body"] = "Stop" };
        using var forged = await LoopbackTwilio.Tell(trial.Http, PublicUrl, "/channels/sms/inbound", stop, token: "another");
        using var real = await LoopbackTwilio.Tell(trial.Http, PublicUrl, "/channels/sms/inbound", stop);
        using var twice = await LoopbackTwilio.Tell(trial.Http, PublicUrl, "/channels/sms/inbound", stop);
        await trial.Settle();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK), (forged.StatusCode, real.StatusCode, twice.StatusCode));
        var history = (await trial.Get($"/api/runs/{run}/history")).ToJsonString();
        Assert.Contains("(WaitForReply) was done: Unsubscribed.", history, StringComparison.Ordinal);
        Assert.Single(Ledger(trial).TouchesOfContact(contact.Id), touch => touch.Direction == TouchDirection.In);
        await using (var database = await Database(trial))
        {
            Assert.True((await database.Contacts.SingleAsync(one => one.Id == contact.Id)).DoNotContact);
            Assert.Contains(await database.Suppressions.ToListAsync(), entry => entry.Key == Sales.Consent.SuppressionKey.OfAddress("+4520123456"));
        }

        // Neither the run itself, nor another one, nor one for somebody else with the same number.
        await trial.Run("other", contact.Id);
        var namesake = await trial.Contact(Texted);
        await Allow(trial, namesake);
        await trial.Run("other", namesake.Id);
        await trial.Settle();
        Assert.Single(twilio.Taken);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task Whoever_books_on_the_public_page_ends_the_wait_for_an_appointment()
    {
        var spool = Path.GetTempFileName();
        await using var smtp = new SmtpServer(spool, Misbehaviour.None);
        await using var trial = await Start(folder => Drawing.Write(
            folder, "meet", [Drawing.Message("invite", "invite", "calendar"), Drawing.Appointment("meeting")],
            ("invite.sbn", "Subject: A time to meet\n\nHi {{ contact.first_name }}\n\nChoose a time: [booking_url]\n")));
        Assert.Empty(await trial.PluginHost().Configure("calendar", Calendar(smtp.Port), CancellationToken.None));
        var run = await trial.Run("meet", (await trial.Contact()).Id);
        await trial.Settle();
        Assert.Equal(1, (int)(await trial.Get("/api/tasks"))["total"]!);

        var link = BookingLink().Match(MimeMessage.Load(new MemoryStream(await Mail(spool))).TextBody!).Value;
        Assert.StartsWith("https://sales.example.com/channels/calendar/book/", link, StringComparison.Ordinal);
        var path = new Uri(link).PathAndQuery;
        var page = await trial.Http.GetStringAsync(path);
        var start = Start().Match(page).Groups[1].Value;
        await trial.Settle();
        Assert.Equal("suspended", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]); // looking books nothing

        using var forged = await Book(trial, path[..^3] + "abc", start);
        using var booked = await Book(trial, path, start);
        await trial.Settle();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (forged.StatusCode, booked.StatusCode));
        Assert.Contains("Your appointment is booked", await booked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var history = (await trial.Get($"/api/runs/{run}/history")).ToJsonString();
        Assert.Contains("(BookAppointment) was done: Booked.", history, StringComparison.Ordinal);
        Assert.Equal(("finished", 0), ((string?)(await trial.Get($"/api/runs/{run}"))["subStatus"], (int)(await trial.Get("/api/tasks"))["total"]!));
        File.Delete(spool);
    }

    [Fact]
    public async Task One_press_rings_the_rep_and_then_the_contact_once_for_each_task()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        var contact = await trial.Contact(one => Texted(one) with { OwnerId = Rep });
        await trial.Run("call", contact.Id);
        var task = await trial.FirstTask();

        var (pressed, first) = await trial.Post($"/api/tasks/{task}/dial");
        var (again, second) = await trial.Post($"/api/tasks/{task}/dial");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, "CA1", "CA1"), (pressed, again, (string?)first["providerId"], (string?)second["providerId"]));
        var call = Assert.Single(twilio.Taken);
        Assert.Equal(("+4587654321", LoopbackTwilio.Number), (call["To"], call["From"]));
        Assert.Contains("to=%2B4520123456", call["Url"], StringComparison.Ordinal);
        var touch = Assert.Single(Ledger(trial).TouchesOfMessage(task));
        Assert.Equal((TouchKind.Sent, "CA1", contact.Phone), (touch.Kind, touch.ProviderId, touch.Address));
        Assert.Equal(Verdict.Permit, Assert.Single(Ledger(trial).Decisions(task)).Verdict);
    }

    [Fact]
    public async Task The_phone_of_whoever_presses_rings()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        var ida = Guid.CreateVersion7();
        await using (var database = await Database(trial))
        {
            database.Add(new Rep { Id = ida, NameKey = "ida", CreatedAt = TrialServer.Begin, UpdatedAt = TrialServer.Begin, Name = "Ida", Email = "ida@example.com", Phone = "+45 11 22 33 44" });
            await database.SaveChangesAsync();
        }

        var member = await TrialMember.Make(trial.Server.Services, "Ida", [Playbook.Server.Access.AccessRole.Rep], ida);
        await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep })).Id);
        using var press = new HttpRequestMessage(HttpMethod.Post, $"{trial.Server.Url}/api/tasks/{await trial.FirstTask()}/dial");
        press.Headers.Authorization = new("Bearer", member.Token);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(press);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("+4511223344", Assert.Single(twilio.Taken)["To"]);
    }

    [Fact]
    public async Task Nobody_is_rung_whom_the_policy_keeps_from_being_called()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        var contact = await trial.Contact(one => Texted(one) with { OwnerId = Rep, DoNotContact = true });
        await trial.Run("call", contact.Id);
        var task = await trial.FirstTask();

        var (pressed, problem) = await trial.Post($"/api/tasks/{task}/dial");

        Assert.Equal(HttpStatusCode.Conflict, pressed);
        Assert.Equal("block", (string?)problem["verdict"], ignoreCase: true);
        Assert.Empty(twilio.Taken);
        Assert.Empty(Ledger(trial).TouchesOfMessage(task));
        Assert.Equal(Verdict.Block, Assert.Single(Ledger(trial).Decisions(task)).Verdict);
    }

    [Fact]
    public async Task A_press_outside_the_hours_rings_nobody_and_says_when()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep })).Id);
        var task = await trial.FirstTask();
        trial.Clock.MoveTo(TrialServer.Begin.AddHours(12));

        var (pressed, problem) = await trial.Post($"/api/tasks/{task}/dial");

        Assert.Equal(HttpStatusCode.Conflict, pressed);
        Assert.NotNull(problem["until"]);
        Assert.Empty(twilio.Taken);
    }

    [Fact]
    public async Task Without_a_provider_a_press_says_what_is_missing_and_takes_nothing_of_the_caps()
    {
        await using var trial = await Start(Call);
        await trial.Run("call", (await trial.Contact(Texted)).Id);
        var task = await trial.FirstTask();

        var (pressed, problem) = await trial.Post($"/api/tasks/{task}/dial");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, pressed);
        Assert.Contains("call by hand", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Empty(Ledger(trial).TouchesOfMessage(task));
    }

    private static readonly Guid Rep = Guid.Parse("01890000-0000-7000-8000-000000000001");

    private static async Task<TrialServer> Start(Action<string> draw)
    {
        var trial = new TrialServer { With = options => options with { ShippedPlugins = Shipped, PublicUrl = PublicUrl } };
        Directory.CreateDirectory(trial.Playbooks);
        draw(trial.Playbooks);
        await trial.StartAgain();
        await using var database = await Database(trial);
        database.Add(new Rep { Id = Rep, NameKey = "boaeroe", CreatedAt = TrialServer.Begin, UpdatedAt = TrialServer.Begin, Name = "Bo Ærø", Email = "bo@example.com", Phone = "+45 87 65 43 21" });
        await database.SaveChangesAsync();
        return trial;
    }

    private static string Shipped { get; } = Path.Combine(Crash.ServeProcess.Shipped, "plugins");

    private static void Call(string folder) => Drawing.Write(folder, "call",
    [
        new JsonObject { ["id"] = "call", ["name"] = "call", ["type"] = "Playbook.Phone.Call", ["version"] = 1, ["role"] = Drawing.Literal("prospector"), ["expireAfter"] = Drawing.Literal("30.00:00:00", "TimeSpan") },
    ]);

    private static JsonObject Sms(string id) => new() { ["id"] = id, ["name"] = id, ["type"] = "Playbook.Sms.Send", ["version"] = 1, ["script"] = Drawing.Literal("hello") };

    private static async Task Phone(TrialServer trial, LoopbackTwilio twilio) => Assert.Empty(await trial.PluginHost().Configure("phone", twilio.Settings, CancellationToken.None));

    private static Dictionary<string, string?> Calendar(int smtpPort) => new()
    {
        ["company"] = "Playbook Ltd", ["from"] = "booking@example.org", ["reps"] = "Karen Lund <karen@example.org>", ["smtpHost"] = "127.0.0.1", ["smtpPort"] = $"{smtpPort}", ["smtpSecurity"] = "none",
    };

    private static Contact Texted(Contact contact) => contact with { Country = "DK", Phone = "+4520123456", TimeZone = "Europe/Copenhagen" };

    /// <summary>A consent on record: nobody in Denmark is texted without.</summary>
    private static async Task Allow(TrialServer trial, Contact contact) => await Ledger(trial).Record(new Sales.Consent.ConsentEntry
    {
        Id = Guid.CreateVersion7(), ContactId = contact.Id, Act = Sales.Consent.ConsentAct.Given, Scope = "sms", At = TrialServer.Begin.AddDays(-1), Channel = "phone", Wording = "Text me.",
    });

    private static SendingLedger Ledger(TrialServer trial) => trial.Server.Services.GetRequiredService<SendingLedger>();

    private static Task<PlaybookDb> Database(TrialServer trial) => trial.Server.Services.GetRequiredService<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();

    private static async Task<HttpResponseMessage> Book(TrialServer trial, string path, string start) =>
        await trial.Http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "book", ["start"] = start }));

    /// <summary>The first mail that the server has taken.</summary>
    private static async Task<byte[]> Mail(string spool)
    {
        await using var file = new FileStream(spool, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await file.CopyToAsync(all);
        var bytes = all.ToArray();
        return bytes[(Array.IndexOf(bytes, (byte)'\n') + 1)..];
    }

    [GeneratedRegex("https://\\S+/book/[^\\s>]+")]
    private static partial Regex BookingLink();

    [GeneratedRegex("name=\"start\" value=\"([^\"]+)\"")]
    private static partial Regex Start();
}
