using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Time.Testing;
using Playbook.Sales.Contacts;
using Playbook.Server.Pages.Contacts;
using Playbook.Storage;

namespace Playbook.Server.Tests.Pages.Contacts;

public sealed class ContactEditTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-edit-").FullName;
    private readonly PooledDbContextFactory<PlaybookDb> _databases;
    private readonly ContactSaving _saving;

    public ContactEditTests()
    {
        _databases = new(PlaybookDb.Sqlite(Path.Combine(_folder, "playbook.db")));
        using var database = _databases.CreateDbContext();
        database.Database.EnsureCreated();
        _saving = new ContactSaving(_databases, new FakeTimeProvider(Now), PageTexts.L);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_who_edit_different_fields_at_once_both_keep_theirs()
    {
        var contact = await Add(Ada());
        var (mine, theirs) = (new ContactEdit(contact), new ContactEdit(contact));
        theirs["Phone"] = "+45 11 22 33 44";
        mine["City"] = "Aarhus";

        Assert.True((await _saving.Save(theirs)).IsSaved);
        Assert.True((await _saving.Save(mine)).IsSaved);

        var after = await Get(contact.Id);
        Assert.Equal(("+45 11 22 33 44", "Aarhus"), (after.Phone, after.City));
        Assert.True(after.UpdatedAt > contact.UpdatedAt);
    }

    [Fact]
    public async Task Who_saves_the_same_field_later_is_told_and_nothing_is_lost_until_they_choose()
    {
        var contact = await Add(Ada());
        var (mine, theirs) = (new ContactEdit(contact), new ContactEdit(contact));
        theirs["Title"] = "Owner";
        mine["Title"] = "Director";
        mine["City"] = "Aarhus";
        await _saving.Save(theirs);

        var refused = await _saving.Save(mine);

        Assert.Equal(new Dictionary<string, string> { ["Title"] = "Owner" }, refused.Conflicts);
        Assert.Equal(("Owner", (string?)null), ((await Get(contact.Id)).Title, (await Get(contact.Id)).City));
        // Knowing theirs, the same answer counts.
        mine.Rebase(refused.Contact!);
        Assert.True((await _saving.Save(mine)).IsSaved);
        Assert.Equal(("Director", "Aarhus"), ((await Get(contact.Id)).Title, (await Get(contact.Id)).City));
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_is_refused_with_their_name()
    {
        await Add(Ada() with { Id = Guid.CreateVersion7(), Name = "Bo Holm", Email = "bo@example.com", NaturalKey = ContactKey.Of("bo@example.com") });
        var edit = new ContactEdit(await Add(Ada()));
        edit["Email"] = "BO@example.com";

        Assert.Contains("Bo Holm has this e-mail address already", (await _saving.Save(edit)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_makes_the_record_findable_by_it()
    {
        var contact = await Add(Ada());
        var edit = new ContactEdit(contact);
        edit["Email"] = "Ada.Byron@Example.com";
        edit["Country"] = "Danmark";

        Assert.Empty(edit.Problems(PageTexts.L));
        await _saving.Save(edit);

        var after = await Get(contact.Id);
        Assert.Equal(("@ada.byron@example.com", "DK"), (after.NaturalKey, after.Country));
    }

    [Theory]
    [InlineData("Email", "nobody")]
    [InlineData("Country", "Narnia")]
    [InlineData("TimeZone", "Europe/Nowhere")]
    [InlineData("Language", "danish")]
    public void What_cannot_be_is_told_beside_its_field(string name, string value) => Assert.Equal([name], new ContactEdit(Ada()) { [name] = value }.Problems(PageTexts.L).Keys);

    [Fact]
    public async Task A_contact_that_was_erased_meanwhile_is_not_brought_back()
    {
        var edit = new ContactEdit(Ada()) { ["City"] = "Aarhus" };

        Assert.Contains("gone", (await _saving.Save(edit)).Refusal, StringComparison.Ordinal);
        await using var database = await _databases.CreateDbContextAsync();
        Assert.Empty(await database.Contacts.ToListAsync());
    }

    private static Contact Ada() => new()
    {
        Id = Guid.CreateVersion7(), NaturalKey = ContactKey.Of("ada@example.com"), Name = "Ada Byron", FirstName = "Ada", LastName = "Byron", Email = "ada@example.com", CreatedAt = Now.AddDays(-1), UpdatedAt = Now.AddDays(-1),
    };

    private async Task<Contact> Add(Contact contact)
    {
        await using var database = await _databases.CreateDbContextAsync();
        database.Add(contact);
        await database.SaveChangesAsync();
        return contact;
    }

    private async Task<Contact> Get(Guid id)
    {
        await using var database = await _databases.CreateDbContextAsync();
        return await database.Contacts.AsNoTracking().SingleAsync(contact => contact.Id == id);
    }
}
