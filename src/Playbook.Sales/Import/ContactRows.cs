using NodaTime;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Import;

internal static class ContactRows
{
    public static RowReport Plan(RowReader row, Planning planning)
    {
        var read = Read(row, planning);
        if (read.Name.Length == 0)
            row.Reject(ImportField.FullName, null, "The contact has neither a name nor an e-mail address.", "Give one of them.");
        if (row.IsRejected)
            return row.Report(RowOutcome.Rejected, read.Name, null);

        var shelf = planning.Book.Contacts;
        var byName = ContactKey.Of(read.Name, read.AccountId);
        // Somebody who was known by name gets an address, or is named again without it: still the same person.
        var known = (read.Email is { } email ? shelf.Find(ContactKey.Of(email)) : null) ?? shelf.Find(byName);
        if (known is null && read.Email is null)
            known = OnlyOneNamed(read, planning);
        var key = read.Email is null ? known?.NaturalKey ?? byName : ContactKey.Of(read.Email);
        if (planning.IsDuplicate(row, RecordKind.Contact, key, read.Name))
            return row.Report(RowOutcome.SkippedDuplicate, read.Name, known?.Id);

        var contact = known is null ? read with { NaturalKey = key } : Merge(known, read, row) with { NaturalKey = key };
        var saved = planning.Save(RecordKind.Contact, shelf, contact, record => record with { UpdatedAt = planning.Now });
        return row.Report(Planning.Outcome(row, saved), contact.Name, contact.Id);
    }

    private static Contact Read(RowReader row, Planning planning)
    {
        var first = row.Text(ImportField.FirstName);
        var last = row.Text(ImportField.LastName);
        var name = row.Text(ImportField.FullName);
        var email = row.Text(ImportField.Email);
        if (email is not null && !CellText.LooksLikeEmail(email))
            row.Reject(ImportField.Email, email, "This is not an e-mail address.", "Correct it or leave it empty.");
        if (name is not null && first is null && last is null)
            (first, last) = Split(name);
        name ??= first is null && last is null ? email ?? "" : $"{first} {last}".Trim();
        return new Contact
        {
            Id = planning.NewId(),
            NaturalKey = "",
            Name = name,
            FirstName = first,
            LastName = last,
            Title = row.Text(ImportField.Title),
            Email = email,
            Phone = row.Text(ImportField.Phone),
            LinkedIn = row.Text(ImportField.LinkedIn),
            Language = Language(row),
            Street = row.Text(ImportField.Street),
            PostalCode = row.Text(ImportField.PostalCode),
            City = row.Text(ImportField.City),
            Region = row.Text(ImportField.Region),
            Country = row.Text(ImportField.Country) is { } country ? AccountRows.CountryOf(row, ImportField.Country, country) : null,
            TimeZone = Zone(row),
            Score = (double?)row.Number(ImportField.Score),
            IsConsumer = row.YesNo(ImportField.IsConsumer) ?? false,
            ConsentEmail = row.YesNo(ImportField.ConsentEmail) ?? false,
            DoNotContact = row.YesNo(ImportField.DoNotContact) ?? false,
            AccountId = planning.Link(row, ImportField.Account, RecordKind.Account, planning.Book.Accounts, AccountRows.KeyOf, account => account.Name, expected: false)?.Id,
            OwnerId = planning.Link(row, ImportField.Owner, RecordKind.Rep, planning.Book.Reps, TeamRows.KeyOf, rep => rep.Name, expected: false)?.Id,
            CreatedAt = planning.Now,
            UpdatedAt = planning.Now,
        };
    }

    private static Contact Merge(Contact known, Contact read, RowReader row) => known with
    {
        // A name that is only the address says less than the one we have.
        Name = read.Name == read.Email ? known.Name : read.Name,
        FirstName = read.FirstName ?? known.FirstName,
        LastName = read.LastName ?? known.LastName,
        Title = read.Title ?? known.Title,
        Email = read.Email ?? known.Email,
        Phone = read.Phone ?? known.Phone,
        LinkedIn = read.LinkedIn ?? known.LinkedIn,
        Language = read.Language ?? known.Language,
        Street = read.Street ?? known.Street,
        PostalCode = read.PostalCode ?? known.PostalCode,
        City = read.City ?? known.City,
        Region = read.Region ?? known.Region,
        Country = read.Country ?? known.Country,
        TimeZone = read.TimeZone ?? known.TimeZone,
        Score = read.Score ?? known.Score,
        AccountId = read.AccountId ?? known.AccountId,
        OwnerId = read.OwnerId ?? known.OwnerId,
        IsConsumer = row.YesNo(ImportField.IsConsumer) ?? known.IsConsumer,
        ConsentEmail = row.YesNo(ImportField.ConsentEmail) ?? known.ConsentEmail,
        // An old list must not make us call somebody who has since asked us not to: a file can only add the wish.
        DoNotContact = known.DoNotContact || read.DoNotContact,
    };

    private static Contact? OnlyOneNamed(Contact read, Planning planning)
    {
        var name = NameKey.Of(read.Name);
        var same = planning.Book.ContactsNamed(name, read.AccountId);
        return name.Length > 0 && same.Count == 1 ? same[0] : null;
    }

    private static (string? First, string? Last) Split(string name)
    {
        var at = name.LastIndexOf(' ');
        return at < 0 ? (name, null) : (name[..at], name[(at + 1)..]);
    }

    private static string? Language(RowReader row)
    {
        if (row.Text(ImportField.Language) is not { } text)
            return null;
        switch (NameKey.Of(text))
        {
            case "en" or "english" or "engelsk" or "engb" or "enus": return "en";
            case "da" or "danish" or "dansk" or "dadk" or "dk": return "da";
        }
        if (text.Length == 2 && text.All(char.IsAsciiLetter))
            return text.ToLowerInvariant();
        row.Warn(ImportField.Language, text, $"\"{text}\" is not a language that we know.", "It was left out. Write its two letters, such as en or da.");
        return null;
    }

    private static string? Zone(RowReader row)
    {
        if (row.Text(ImportField.TimeZone) is not { } text)
            return null;
        if (DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => string.Equals(id, text, StringComparison.OrdinalIgnoreCase)) is { } zone)
            return zone;
        row.Warn(ImportField.TimeZone, text, $"\"{text}\" is not a time zone.", "It was left out. Write it as Europe/Copenhagen.");
        return null;
    }
}
