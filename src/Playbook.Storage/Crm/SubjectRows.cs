using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Reps;
using Playbook.Sales.Subjects;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Crm;

/// <summary>
/// Reads a contact with company and rep, as far as facts are made of them, by one prepared statement. Every message, step and
/// turn asks for that; EF Core, which prepares its statement anew each time, took a third of all that a message costs.
/// </summary>
public sealed class SubjectRows
{
    private const string Select = """
        SELECT c.Id, c.NaturalKey, c.Name, c.FirstName, c.LastName, c.Title, c.Email, c.Phone, c.LinkedIn, c.Language, c.Street, c.PostalCode, c.City, c.Region, c.Country, c.TimeZone,
            c.AccountId, c.OwnerId, c.Score, c.IsConsumer, c.ConsentEmail, c.DoNotContact, c.CreatedAt, c.UpdatedAt,
            a.Id, a.Name, a.NameKey, a.Sector, a.Employees, a.Revenue, a.Country, a.ParentId, a.CreatedAt, a.UpdatedAt,
            p.Id, p.Name, p.NameKey, p.CreatedAt, p.UpdatedAt,
            r.Id, r.Name, r.NameKey, r.Email, r.Phone, r.Roles, r.CreatedAt, r.UpdatedAt
        FROM Contacts c LEFT JOIN Accounts a ON a.Id = c.AccountId LEFT JOIN Accounts p ON p.Id = a.ParentId LEFT JOIN Reps r ON r.Id = c.OwnerId
        WHERE c.Id = ?1
        """;

    private readonly ReadPool _reads;

    internal SubjectRows(ReadPool reads) => _reads = reads;

    /// <summary>The contact, their account, its parent, and their rep; null where there is no such contact.</summary>
    public SubjectRecords? OfContact(Guid id) => _reads.Read(LedgerRows.Text(id), static (connection, wanted) =>
        connection.Prepare(Select).Bind(1, wanted).Rows(static row => new SubjectRecords { Contact = Contact(row), Account = Account(row), Parent = Parent(row), Owner = Owner(row) }) is [var found] ? found : null);

    private static Contact Contact(Statement row) => new()
    {
        Id = LedgerRows.Id(row, 0), NaturalKey = row.Text(1), Name = row.Text(2), FirstName = row.TextOrNull(3), LastName = row.TextOrNull(4), Title = row.TextOrNull(5),
        Email = row.TextOrNull(6), Phone = row.TextOrNull(7), LinkedIn = row.TextOrNull(8), Language = row.TextOrNull(9), Street = row.TextOrNull(10), PostalCode = row.TextOrNull(11),
        City = row.TextOrNull(12), Region = row.TextOrNull(13), Country = row.TextOrNull(14), TimeZone = row.TextOrNull(15), AccountId = LedgerRows.IdOrNull(row, 16),
        OwnerId = LedgerRows.IdOrNull(row, 17), Score = row.DoubleOrNull(18), IsConsumer = row.Int32(19) != 0, ConsentEmail = row.Int32(20) != 0, DoNotContact = row.Int32(21) != 0,
        CreatedAt = LedgerRows.Time(row, 22), UpdatedAt = LedgerRows.Time(row, 23),
    };

    private static Account? Account(Statement row) => row.IsNull(24) ? null : new()
    {
        Id = LedgerRows.Id(row, 24), Name = row.Text(25), NameKey = row.Text(26), Sector = row.TextOrNull(27), Employees = row.IsNull(28) ? null : row.Int32(28),
        Revenue = (decimal?)row.DoubleOrNull(29), Country = row.TextOrNull(30), ParentId = LedgerRows.IdOrNull(row, 31), CreatedAt = LedgerRows.Time(row, 32), UpdatedAt = LedgerRows.Time(row, 33),
    };

    private static Account? Parent(Statement row) => row.IsNull(34) ? null : new()
    {
        Id = LedgerRows.Id(row, 34), Name = row.Text(35), NameKey = row.Text(36), CreatedAt = LedgerRows.Time(row, 37), UpdatedAt = LedgerRows.Time(row, 38),
    };

    private static Rep? Owner(Statement row) => row.IsNull(39) ? null : new()
    {
        Id = LedgerRows.Id(row, 39), Name = row.Text(40), NameKey = row.Text(41), Email = row.TextOrNull(42), Phone = row.TextOrNull(43), Roles = RoleSet.Parse(row.Text(44)),
        CreatedAt = LedgerRows.Time(row, 45), UpdatedAt = LedgerRows.Time(row, 46),
    };
}
