using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;
using Playbook.Storage;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Benchmarks.Sending;

/// <summary>What a decision costs: the policy alone, its facts read from a database with a history, and both kept on disk.</summary>
internal static class PolicyBenchmark
{
    private const int Contacts = 2_000;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    internal static async Task<int> Run()
    {
        Pure();
        var folder = Directory.CreateTempSubdirectory("playbook-policy-").FullName;
        try
        {
            await Stored(Path.Combine(folder, "policy.db"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Pure()
    {
        var contexts = new (string Name, SendingContext Context)[]
        {
            ("permit, one zone", new("email", Now) { Email = "ada@example.com", Phone = "+44 20 7946 0123", Country = "GB" }),
            ("block by law", new("email", Now) { Email = "bo@example.dk", Phone = "+45 33 44 55 66", Country = "DK" }),
            ("wait for a window", new("email", Now.AddHours(14)) { Email = "ada@example.com", Phone = "+44 20 7946 0123", Country = "GB" }),
            ("a country of many zones", new("phone", Now.AddHours(10)) { Phone = "+1 800 555 0123", Country = "US" }),
        };
        foreach (var (name, context) in contexts)
        {
            var best = double.MaxValue;
            for (var round = 0; round < 6; round++)
            {
                const int Times = 20_000;
                var begin = Stopwatch.GetTimestamp();
                for (var i = 0; i < Times; i++)
                    SendingPolicy.Decide(context);
                best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Times);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decision, {name,-24}{best,8:N1} µs"));
        }
    }

    private static async Task Stored(string file)
    {
        var ids = await Fill(file);
        using var owned = StoreLock.Acquire(file);
        await using var store = RunStore.Open(owned);
        await store.Sending.Set(new SendingSettings { Mailbox = new(0, 1_000_000), Domain = new(0, 1_000_000), RampUpDays = 0, MailboxGap = TimeSpan.Zero }, Now, "bench");
        // A history: 20 touches of each contact, all from one mailbox.
        var past = Enumerable.Range(0, Contacts * 20).Select(i => store.Sending.Record(new Touch
        {
            Id = Guid.CreateVersion7(Now.AddMinutes(-i)), Key = Touch.KeyOut($"old-{i}"), Channel = "email", Direction = TouchDirection.Out, Kind = TouchKind.Sent, At = Now.AddMinutes(-i - 60),
            ContactId = ids[i % Contacts], MessageKey = $"old-{i}", Mailbox = "us@example.com", Address = "x@example.com", Domain = "example.com",
        }).AsTask()).ToList();
        await Task.WhenAll(past);
        Time("facts and decision, read only", Contacts, i => store.Sending.Preview(Question(i)));
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Contacts).Select(i => store.Sending.Decide(Question(i)).AsTask()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"decided, kept and reserved, 2,000 under way  {Contacts / Stopwatch.GetElapsedTime(begun).TotalSeconds,10:N0} decisions/s"));

        SendingQuestion Question(int i) => new($"m-{i}", "email", Now) { ContactId = ids[i], Mailbox = "us@example.com" };
    }

    private static void Time(string name, int times, Action<int> work)
    {
        work(0);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            work(i);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44}{Stopwatch.GetElapsedTime(begin).TotalMicroseconds / times,8:N1} µs"));
    }

    private static async Task<List<Guid>> Fill(string file)
    {
        await using var database = new PlaybookDb(PlaybookDb.Sqlite(file));
        await database.Database.MigrateAsync();
        var contacts = Enumerable.Range(0, Contacts).Select(i => new Contact
        {
            Id = Guid.CreateVersion7(Now), NaturalKey = $"c{i}", Name = $"Contact {i}", Email = $"c{i}@example.com", Phone = "+44 20 7946 0123", Country = "GB", CreatedAt = Now, UpdatedAt = Now,
        }).ToList();
        database.AddRange(contacts);
        await database.SaveChangesAsync();
        return [.. contacts.Select(contact => contact.Id)];
    }
}
