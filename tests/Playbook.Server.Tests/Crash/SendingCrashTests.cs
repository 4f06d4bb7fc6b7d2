using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;
using Playbook.Server.Host;
using Playbook.Server.Plugins;
using Playbook.Server.Tests.Trial;
using Playbook.SmtpTrial;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;
using Playbook.Storage.Sending;

namespace Playbook.Server.Tests.Crash;

/// <summary>
/// A server that sends thousands of messages to a real SMTP server is killed at random moments: each message arrives, and
/// only one whose answer was lost may arrive twice, under the same Message-ID.
/// </summary>
[Trait("Category", "Soak")]
public sealed class SendingCrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-sending-").FullName;

    private static int Messages => int.TryParse(Environment.GetEnvironmentVariable("PLAYBOOK_CRASH_MESSAGES"), CultureInfo.InvariantCulture, out var messages) ? messages : Soak.Trials(ordinary: 300, soak: 5000);

    private string Database => Path.Combine(_folder, "playbook.db");

    /// <summary>Through a channel that remembers nothing: whatever the server asks twice goes twice.</summary>
    [Fact]
    public Task A_server_killed_while_it_sends_loses_no_message_and_doubles_only_those_whose_answer_was_lost() =>
        KillAgainAndAgain(_ => Task.CompletedTask, (playbooks, port) => ServeProcess.StartSending(Database, playbooks, port));

    /// <summary>The same with the program as it is shipped, through the e-mail plugin from its folder.</summary>
    [SoakFact]
    public Task A_server_with_the_email_plugin_killed_while_it_sends_loses_no_message_and_doubles_only_those_whose_answer_was_lost() =>
        KillAgainAndAgain(SetUpEmail, (playbooks, _) => ServeProcess.StartShipped(Database, playbooks));

    private async Task KillAgainAndAgain(Func<int, Task> setUp, Func<string, int, Task<ServeProcess>> start)
    {
        var kills = Soak.Trials(ordinary: 2, soak: 12);
        var playbooks = Path.Combine(_folder, "playbooks");
        Drawing.Write(playbooks, "mail", [Drawing.Message("mail", "hello")], ("hello.en.sbn", "Subject: Hello {{ contact.first_name }}\n\nHi {{ contact.first_name }}.\n"));
        await using var smtp = new SmtpServer(Path.Combine(_folder, "spool"), new Misbehaviour(Drops: 0.01, Delays: 0.02, Refuses: 0.01, Cuts: 0.005));
        await setUp(smtp.Port);
        var reps = new Reps(Database, "mail", await Contacts(Messages));
        var starting = reps.StartRuns(Messages, () => true);

        var random = new Random(11);
        var killed = new List<DateTimeOffset>();
        while (killed.Count < kills)
        {
            using var victim = await start(playbooks, smtp.Port);
            reps.Url = victim.Url;
            // At a random moment of the stream, not of the start-up: after so many more messages, and a little.
            var until = smtp.Count + random.Next(1, Math.Max(2, Messages / kills - 10));
            while (smtp.Count < Math.Min(until, Messages - 20))
                await Task.Delay(5);
            await Task.Delay(random.Next(0, 60));
            await victim.Kill();
            killed.Add(TimeProvider.System.GetUtcNow());
            reps.Url = null;
        }

        using (var last = await start(playbooks, smtp.Port))
        {
            reps.Url = last.Url;
            await starting.WaitAsync(TimeSpan.FromMinutes(20));
            await UntilQuiet(last.Url, Database).WaitAsync(TimeSpan.FromMinutes(20));
            Assert.Equal(0, await last.Stop());
        }

        await Check(reps, smtp.Accepted, killed);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Check(Reps reps, IReadOnlyList<AcceptedMail> accepted, IReadOnlyList<DateTimeOffset> killed)
    {
        var arrivals = accepted.ToLookup(mail => mail.MessageId);
        var doubled = arrivals.Where(same => same.Count() > 1).ToList();
        // The answer was lost on its way, or with the process that had heard it and not yet written it down.
        var dropped = doubled.Count(same => same.SkipLast(1).All(mail => mail.Answer == AnswerFate.Dropped));
        var withProcess = doubled.Count(same => same.SkipLast(1).Any(mail => mail.Answer != AnswerFate.Dropped));
        var unexplained = doubled.Where(same => same.Zip(same.Skip(1)).Any(pair => pair.First.Answer != AnswerFate.Dropped && !killed.Any(at => at >= pair.First.At && at <= pair.Second.At))).Select(same => same.Key).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{reps.Started.Count} messages, {killed.Count} kills: {arrivals.Count} arrived, {accepted.Count} times in all; {doubled.Count} twice or more under one Message-ID, of which {dropped} because the server dropped its answer and {withProcess} because the sender was killed before it had written the answer down; {unexplained.Count} without such a reason"));

        using var owned = StoreLock.Acquire(Database);
        await using var store = RunStore.Open(owned);
        var expected = new HashSet<string>();
        foreach (var id in reps.Started)
        {
            var state = await store.Get(id);
            Assert.Equal(RunSubStatus.Finished, state?.SubStatus);
            Assert.Empty(state!.Incidents);
            var message = Assert.Single(store.Queries.Messages(id));
            Assert.Equal(OutboxStatus.Done, message.State);
            var result = JsonNode.Parse(message.Result!)!;
            Assert.Equal("sent", (string?)result["state"]);
            expected.Add(((string)result["providerId"]!).Trim('<', '>'));
        }

        Assert.Equal(Messages, expected.Count);
        Assert.Equal(expected.Order(), arrivals.Select(same => same.Key).Order());
        Assert.Empty(unexplained);
        Assert.All(arrivals, same => Assert.Single(same.Select(mail => mail.To).Distinct()));
    }

    private async Task SetUpEmail(int port)
    {
        await using var server = await PlaybookServer.Start(new ServeOptions { Database = Database, Url = "http://127.0.0.1:0", IsQuiet = true, ShippedPlugins = Path.Combine(ServeProcess.Shipped, "plugins") });
        var problems = await server.Services.GetRequiredService<PluginHost>().Configure("email", new Dictionary<string, string?>
        {
            ["fromName"] = "Sales", ["fromAddress"] = "sales@playbook.invalid", ["smtpHost"] = "127.0.0.1", ["smtpPort"] = port.ToString(CultureInfo.InvariantCulture), ["smtpSecurity"] = "none", ["checkDns"] = "false",
        }, CancellationToken.None);
        Assert.Empty(problems);
    }

    /// <summary>People of many companies: no cap on one of them holds messages back.</summary>
    private async Task<IReadOnlyList<Guid>> Contacts(int count)
    {
        // The killed servers run by the real clock, at night and on Sundays too.
        await using (var server = await PlaybookServer.Start(new ServeOptions { Database = Database, Url = "http://127.0.0.1:0", IsQuiet = true }))
            await server.Services.GetRequiredService<SendingLedger>().Set(SendingSettings.WithoutLimits, TimeProvider.System.GetUtcNow(), "test");

        await using var database = await Composition.Databases(Database).CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var contacts = Enumerable.Range(0, count).Select(number => (Id: Guid.CreateVersion7(), Number: number)).Select(one => new Contact
        {
            Id = one.Id, NaturalKey = one.Id.ToString(), Name = "Ada Byron", FirstName = "Ada", Email = $"ada@company-{one.Number}.example", ConsentEmail = true, CreatedAt = now, UpdatedAt = now,
        }).ToList();
        database.AddRange(contacts);
        await database.SaveChangesAsync();
        return [.. contacts.Select(contact => contact.Id)];
    }

    private static async Task UntilQuiet(string url, string database)
    {
        using var http = LocalKeyHandler.Client(database);
        while ((long)JsonNode.Parse(await http.GetStringAsync(url + "/health"))!["outbox"]! > 0)
            await Task.Delay(200);
    }
}
