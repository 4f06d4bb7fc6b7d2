using Microsoft.Extensions.Localization;
using Playbook.Sales.Contacts;
using Playbook.Sales.Import;

namespace Playbook.Server.Pages.Contacts;

/// <summary>A contact's fields as a form has them: text, until they are saved.</summary>
public sealed class ContactEdit
{
    /// <summary>The fields by name, in the order of the form.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "FirstName", "LastName", "Title", "Email", "Phone", "LinkedIn", "Language", "Street", "PostalCode", "City", "Region", "Country", "TimeZone", "OwnerId",
    ];

    private readonly Dictionary<string, string> _values;

    public ContactEdit(Contact contact)
    {
        Base = contact;
        _values = Fields.ToDictionary(field => field, field => Text(contact, field), StringComparer.Ordinal);
    }

    /// <summary>The contact as it was when the form was opened.</summary>
    public Contact Base { get; private set; }

    public string this[string field]
    {
        get => _values[field];
        set => _values[field] = value?.Trim() ?? "";
    }

    /// <summary>The fields that the person changed.</summary>
    public IReadOnlyList<string> Changed => [.. Fields.Where(name => _values[name] != Text(Base, name))];

    /// <summary>What is wrong with the fields, by their names.</summary>
    public IReadOnlyDictionary<string, string> Problems(IStringLocalizer<Texts> L)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (this["Email"] is { Length: > 0 } email && !CellText.LooksLikeEmail(email))
            problems["Email"] = L["This is not an e-mail address. Correct it or leave it empty."];
        if (this["Country"] is { Length: > 0 } country && CountryCode(country) is null)
            problems["Country"] = L["“{0}” is no country that we know. Write its name or its two letters.", country];
        if (this["Language"] is { Length: > 0 } language && !(language.Length == 2 && language.All(char.IsAsciiLetter)))
            problems["Language"] = L["Write a language with two letters, such as en or da."];
        if (this["TimeZone"] is { Length: > 0 } zone && Playbook.Sales.Calendar.ContactPlace.FindZone(zone) is null)
            problems["TimeZone"] = L["“{0}” is no time zone. Write it as Europe/Copenhagen.", zone];
        if (this["FirstName"].Length == 0 && this["LastName"].Length == 0 && this["Email"].Length == 0)
            problems["LastName"] = L["Give a name or an e-mail address: otherwise nobody knows who this is."];
        return problems;
    }

    /// <summary>What somebody else changed meanwhile that this form changes too, with what they wrote.</summary>
    public IReadOnlyDictionary<string, string> ConflictsWith(Contact now) =>
        Changed.Where(field => Text(now, field) != Text(Base, field) && Text(now, field) != _values[field]).ToDictionary(field => field, field => Text(now, field), StringComparer.Ordinal);

    /// <summary>Takes over what others wrote in fields that this form left alone; what it changes too, it changes knowing theirs.</summary>
    public void Rebase(Contact now)
    {
        foreach (var field in Fields)
            if (_values[field] == Text(Base, field))
                _values[field] = Text(now, field);
        Base = now;
    }

    /// <summary>The changes, over the contact as it is now.</summary>
    public Contact Over(Contact now)
    {
        var changed = Changed.ToHashSet(StringComparer.Ordinal);
        string? Value(string field, string? theirs) => changed.Contains(field) ? _values[field] is { Length: > 0 } text ? text : null : theirs;
        var country = Value("Country", now.Country);
        var after = now with
        {
            FirstName = Value("FirstName", now.FirstName), LastName = Value("LastName", now.LastName), Title = Value("Title", now.Title), Email = Value("Email", now.Email),
            Phone = Value("Phone", now.Phone), LinkedIn = Value("LinkedIn", now.LinkedIn), Language = Value("Language", now.Language)?.ToLowerInvariant(), Street = Value("Street", now.Street),
            PostalCode = Value("PostalCode", now.PostalCode), City = Value("City", now.City), Region = Value("Region", now.Region),
            Country = country is null ? null : CountryCode(country) ?? country, TimeZone = Value("TimeZone", now.TimeZone),
            OwnerId = changed.Contains("OwnerId") ? Guid.TryParse(_values["OwnerId"], out var owner) ? owner : null : now.OwnerId,
        };
        if (changed.Contains("FirstName") || changed.Contains("LastName"))
            after = after with { Name = $"{after.FirstName} {after.LastName}".Trim() is { Length: > 0 } name ? name : after.Email ?? now.Name };
        return changed.Contains("Email") ? after with { NaturalKey = after.Email is { } email ? ContactKey.Of(email) : ContactKey.Of(after.Name, after.AccountId) } : after;
    }

    private static string? CountryCode(string text) =>
        text.Length == 2 && Playbook.Sales.Accounts.Country.NameOf(text.ToUpperInvariant()) is not null ? text.ToUpperInvariant() : Playbook.Sales.Accounts.Country.Find(text);

    private static string Text(Contact contact, string field) => field switch
    {
        "FirstName" => contact.FirstName ?? (contact.LastName is null && contact.Name != contact.Email ? contact.Name : ""), "LastName" => contact.LastName, "Title" => contact.Title,
        "Email" => contact.Email, "Phone" => contact.Phone, "LinkedIn" => contact.LinkedIn,
        "Language" => contact.Language, "Street" => contact.Street, "PostalCode" => contact.PostalCode, "City" => contact.City, "Region" => contact.Region, "Country" => contact.Country,
        "TimeZone" => contact.TimeZone, "OwnerId" => contact.OwnerId?.ToString("D"), _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No field of the form."),
    } ?? "";
}
