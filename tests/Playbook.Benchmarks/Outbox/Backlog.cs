using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Server.Host;
using Playbook.Server.Sending;

namespace Playbook.Benchmarks.Outbox;

/// <summary>A database in which so many runs each wait for their message to go.</summary>
internal static class Backlog
{
    private const string Playbook = """
        {"id":"mail-v1","definitionId":"mail","name":"mail","version":1,"variables":[],
         "root":{"id":"s","type":"Elsa.Sequence","version":1,"activities":[
          {"id":"mail","name":"mail","type":"Playbook.SendMessage","version":1,
           "channel":{"typeName":"String","expression":{"type":"Literal","value":"email"}},
           "script":{"typeName":"String","expression":{"type":"Literal","value":"hello"}}}]}}
        """;

    private const string Script = """
        Subject: {{ contact.first_name }}, a question about {{ contact.title ?? "your work" }}

        Hi {{ contact.first_name }},

        {{ if contact.country == "GB" }}I saw that you are in Britain.{{ else }}I saw what you do.{{ end }} Have you ten minutes this week?

        Best wishes
        {{ rep.name ?? "Sales" }}
        """;

    internal static async Task<ServeOptions> Make(string folder, int messages)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, "playbooks", "mail")).FullName;
        Directory.CreateDirectory(Path.Combine(home, "scripts"));
        await File.WriteAllTextAsync(Path.Combine(home, "playbook.json"), Playbook);
        await File.WriteAllTextAsync(Path.Combine(home, "scripts", "hello.en.sbn"), Script);
        var options = new ServeOptions { Database = Path.Combine(folder, "playbook.db"), Playbooks = Path.Combine(folder, "playbooks"), Url = "http://127.0.0.1:0", IsQuiet = true };
        // No room for any message: all of them wait.
        await using var server = await PlaybookServer.Start(options with { Limits = _ => new SendingLimits { SideBySide = 0 } });
        var contacts = await Contacts(options, messages);
        var host = server.Services.GetRequiredService<RunHost>();
        var definition = (await host.Sources.Published("mail"))!;
        await Parallel.ForEachAsync(contacts, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (contact, token) =>
            await host.Start(definition, new StartRequest { Subject = new Subject("contact", contact.ToString(), new Dictionary<string, object?>()) }, token));
        return options;
    }

    private static async Task<IReadOnlyList<Guid>> Contacts(ServeOptions options, int count)
    {
        await using var database = await Composition.Databases(options.DatabasePath).CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var contacts = Enumerable.Range(0, count).Select(number => (Id: Guid.CreateVersion7(), Number: number)).Select(one => new Contact
        {
            Id = one.Id, NaturalKey = one.Id.ToString(), Name = "Ada Byron", FirstName = "Ada", Email = $"ada@company-{one.Number}.example", Country = "GB", Language = "en",
            ConsentEmail = true, CreatedAt = now, UpdatedAt = now,
        }).ToList();
        database.AddRange(contacts);
        await database.SaveChangesAsync();
        return [.. contacts.Select(contact => contact.Id)];
    }
}
