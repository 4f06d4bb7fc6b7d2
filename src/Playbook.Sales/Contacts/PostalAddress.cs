using Playbook.Sales.Accounts;

namespace Playbook.Sales.Contacts;

/// <summary>A contact's address as it is written on an envelope below the name.</summary>
public static class PostalAddress
{
    /// <summary>
    /// The lines below the name, the country last where it is known; null where no letter could arrive, because the street or the
    /// place is not known.
    /// </summary>
    /// <param name="contact">Whose address.</param>
    /// <param name="company">Where they work; not written for a private person.</param>
    public static string? Of(Contact contact, string? company)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (Clean(contact.Street) is not { } street || Place(contact) is not { } place)
            return null;
        var country = contact.Country is { } code ? Country.NameOf(code) ?? code : null;
        return string.Join('\n', new[] { contact.IsConsumer ? null : Clean(company), street, place, country }.OfType<string>());
    }

    private static string? Place(Contact contact)
    {
        var (code, city, region) = (Clean(contact.PostalCode), Clean(contact.City), Clean(contact.Region));
        if (city is null && code is null)
            return null;
        switch (contact.Country)
        {
            case "US":
                return Join(" ", city is not null && region is not null ? city + ", " + region : city ?? region, code);
            case "CA" or "AU" or "NZ":
                return Join(" ", city, region, code);
            case "GB" or "IE":
                return Join("\n", city, region, code);
            default:
                // The post needs no region where there is a code; without one it is all there is.
                return Join(" ", code, city, code is null ? region : null);
        }
    }

    private static string Join(string between, params IEnumerable<string?> parts) => string.Join(between, parts.OfType<string>());

    private static string? Clean(string? text)
    {
        var lines = text?.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return lines.Length > 0 ? string.Join('\n', lines) : null;
    }
}
