using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Storage.Crm;

namespace Playbook.Storage.Tests.Crm;

public sealed class ContactSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-search-").FullName;
    private Microsoft.EntityFrameworkCore.Infrastructure.PooledDbContextFactory<PlaybookDb> _databases = null!;

    // Migrated, not created: the lists stand on indexes that only the migration makes.
    public async ValueTask InitializeAsync()
    {
        _databases = new(PlaybookDb.Sqlite(Path.Combine(_folder, "playbook.db")));
        await using var database = await _databases.CreateDbContextAsync();
        await database.Database.MigrateAsync();
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(ContactSort.Name, false)]
    [InlineData(ContactSort.Name, true)]
    [InlineData(ContactSort.Score, true)]
    [InlineData(ContactSort.Updated, false)]
    public async Task Every_contact_is_on_exactly_one_page_forwards_and_backwards(ContactSort sort, bool descending)
    {
        // Many share a name, a score and a moment: only the id tells them apart.
        await Add(Enumerable.Range(0, 173).Select(i => Person($"name {i % 7}", i) with { Score = i % 5 == 0 ? null : i % 3, UpdatedAt = Now.AddMinutes(i % 4) }));
        var search = new ContactSearch(_databases);
        var choice = new ContactChoice(Sort: sort, Descending: descending);

        var forwards = new List<ContactRow>();
        var page = await search.Find(choice);
        Assert.Null(page.Earlier);
        forwards.AddRange(page.Rows);
        while (page.Later is { } later)
            forwards.AddRange((page = await search.Find(choice, later)).Rows);

        var backwards = new List<ContactRow>(page.Rows);
        while (page.Earlier is { } earlier)
            backwards.InsertRange(0, (page = await search.Find(choice, earlier)).Rows);

        Assert.Equal(173, forwards.Select(row => row.Id).Distinct().Count());
        Assert.Equal(forwards.Select(row => row.Id), backwards.Select(row => row.Id));
        Assert.Equal(173, page.Total);
        IComparable Key(ContactRow row) => sort switch { ContactSort.Score => row.Score ?? -1, ContactSort.Updated => row.UpdatedAt, _ => row.Name };
        var sorted = descending ? forwards.OrderByDescending(Key) : forwards.OrderBy(Key);
        Assert.Equal(sorted.Select(Key), forwards.Select(Key));
    }

    [Fact]
    public async Task A_name_an_address_or_a_company_finds_and_what_looks_like_a_pattern_is_taken_by_the_letter()
    {
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Fjord 100% Energi", NameKey = "fjord", CreatedAt = Now, UpdatedAt = Now };
        await using (var database = await _databases.CreateDbContextAsync())
        {
            database.Add(account);
            await database.SaveChangesAsync();
        }

        await Add([Person("Mette Holm", 1) with { Email = "mette@nordlys.example" }, Person("Jonas Krogh", 2) with { AccountId = account.Id }, Person("Sara Lind", 3) with { DoNotContact = true, ConsentEmail = true }]);
        var search = new ContactSearch(_databases);

        async Task<string[]> Found(ContactChoice choice) => [.. (await search.Find(choice)).Rows.Select(row => row.Name)];
        Assert.Equal(new[] { "Mette Holm" }, await Found(new("mette")));
        Assert.Equal(new[] { "Mette Holm" }, await Found(new("NORDLYS")));
        Assert.Equal(new[] { "Jonas Krogh" }, await Found(new("100%")));
        Assert.Empty(await Found(new("0%0")));
        Assert.Empty(await Found(new("me_te")));
        Assert.Equal(new[] { "Sara Lind" }, await Found(new(Standing: ContactStanding.Stopped)));
        // Who wants to be left alone is not among those who agreed, whatever the record says.
        Assert.Empty(await Found(new(Standing: ContactStanding.Consent)));
        Assert.Equal(new[] { "Mette Holm" }, await Found(new("mette'; DROP TABLE Contacts; --".Split('\'')[0])));
        Assert.Empty(await Found(new("' OR 1=1 --")));
    }

    [Fact]
    public async Task A_place_that_somebody_mistyped_shows_the_beginning()
    {
        await Add([Person("Ada", 1), Person("Bo", 2)]);
        var search = new ContactSearch(_databases);

        foreach (var place in new[] { "x", "W10", "WzEsMiwzXQ", "!!" })
            Assert.Equal(["Ada", "Bo"], (await search.Find(new(), place)).Rows.Select(row => row.Name));
    }

    private static Contact Person(string name, int number) => new()
    {
        Id = Guid.CreateVersion7(Now.AddSeconds(number)), NaturalKey = $"{name}|{number}", Name = name, CreatedAt = Now, UpdatedAt = Now,
    };

    private async Task Add(IEnumerable<Contact> contacts)
    {
        await using var database = await _databases.CreateDbContextAsync();
        database.AddRange(contacts);
        await database.SaveChangesAsync();
    }
}
